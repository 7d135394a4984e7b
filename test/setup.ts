// Tests give the same answer wherever they run.
process.env["TZ"] = "UTC";
process.env["NO_COLOR"] = "1";
