/* SPDX-License-Identifier: Apache-2.0 */
#include "report.hpp"

#include <cstdio>

namespace bench
{
namespace
{

std::string printed(const char *format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string duration(double seconds)
{
    if (seconds < 1e-6) return printed("%.1f ns", seconds * 1e9);
    if (seconds < 1e-3) return printed("%.2f us", seconds * 1e6);
    if (seconds < 1) return printed("%.2f ms", seconds * 1e3);
    return printed("%.2f s", seconds);
}

std::string ratio(double value)
{
    return value < 0.2 ? printed("1/%.1f", 1 / value) : printed("%.3f", value);
}

std::string bar_of(const result &row)
{
    if (!(row.bar > 0)) return "";
    std::string text = "<= " + ratio(row.bar);
    if (row.aim > 0) text += ", aim " + ratio(row.aim);
    return text;
}

const char *verdict(const result &row)
{
    if (!(row.bar > 0)) return "";
    return row.times.ours <= row.bar * row.times.theirs ? "met" : "missed";
}

std::string quoted(const std::string &text)
{
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string json_number(double value)
{
    return value > 0 ? printed("%.6g", value) : "null";
}

/* Faster growth than the work's, beyond what fitting a line to seven timings leaves open. */
bool grows_faster(const exponents &fitted)
{
    return fitted.ours > fitted.work + 0.1;
}

} // namespace

report::report(bool as_json) : json(as_json)
{
    if (json)
        std::printf("{\"cvheatmap\": %s, \"opencv\": %s, \"compiler\": %s,\n", quoted(cvh_version()).c_str(),
                    quoted(cvh_opencv_version()).c_str(), quoted(__VERSION__).c_str());
    else
        std::printf("cvheatmap %s, OpenCV %s, compiled by %s; one thread; medians\n\n", cvh_version(), cvh_opencv_version(),
                    __VERSION__);
}

report::~report()
{
    if (!json) return;
    open(ROWS);
    open(GROWTH);
    std::printf("]}\n");
}

/* The rows come before the growth; a section is opened once. */
void report::open(section which)
{
    if (which <= current) return;
    current = which;
    first = true;
    if (json)
        std::printf("%s\"%s\": [", which == ROWS ? " " : "],\n ", which == ROWS ? "rows" : "growth");
    else if (which == ROWS)
        std::printf("%-46s %10s %10s %8s  %-20s %-7s against\n", "row", "ours", "theirs", "ratio", "bar", "");
    else
        std::printf("\n%-32s %-24s %9s %9s  %s\n", "time ~ size^exponent", "size", "exponent", "the work's",
                    "first and last timing");
}

void report::separate()
{
    std::printf(first ? "\n  " : ",\n  ");
    first = false;
}

void report::add(const result &row)
{
    open(ROWS);
    const double measured = row.times.ours / row.times.theirs;
    if (json) {
        separate();
        std::printf("{\"name\": %s, \"against\": %s, \"ours_seconds\": %.6g, \"theirs_seconds\": %.6g, \"ratio\": %.6g, "
                    "\"bar\": %s, \"aim\": %s}",
                    quoted(row.name).c_str(), quoted(row.against).c_str(), row.times.ours, row.times.theirs, measured,
                    json_number(row.bar).c_str(), json_number(row.aim).c_str());
    } else {
        std::printf("%-46s %10s %10s %8s  %-20s %-7s %s\n", row.name.c_str(), duration(row.times.ours).c_str(),
                    duration(row.times.theirs).c_str(), ratio(measured).c_str(), bar_of(row).c_str(), verdict(row),
                    row.against.c_str());
    }
    std::fflush(stdout);
}

void report::add(const growth &what, const exponents &fitted)
{
    open(GROWTH);
    const bool faster = grows_faster(fitted);
    if (json) {
        separate();
        std::printf("{\"name\": %s, \"over\": %s, \"exponent\": %.4f, \"work_exponent\": %.4f, \"grows_faster\": %s}",
                    quoted(what.name).c_str(), quoted(what.over).c_str(), fitted.ours, fitted.work, faster ? "true" : "false");
    } else {
        std::printf("%-32s %-24s %9.2f %9.2f  %s .. %s%s\n", what.name.c_str(), what.over.c_str(), fitted.ours, fitted.work,
                    duration(fitted.seconds.front()).c_str(), duration(fitted.seconds.back()).c_str(),
                    faster ? "  GROWS FASTER THAN ITS WORK" : "");
    }
    std::fflush(stdout);
}

void report::skip(const std::string &name, const std::string &reason)
{
    open(ROWS);
    if (json) {
        separate();
        std::printf("{\"name\": %s, \"skipped\": %s}", quoted(name).c_str(), quoted(reason).c_str());
    } else {
        std::printf("%-46s skipped: %s\n", name.c_str(), reason.c_str());
    }
}

} // namespace bench
