/* SPDX-License-Identifier: Apache-2.0
 * The results as tables or as JSON, line by line as they come. */
#ifndef CVH_TEST_BENCH_REPORT_HPP
#define CVH_TEST_BENCH_REPORT_HPP

#include "bench.hpp"

namespace bench
{

struct result {
    std::string name, against;
    double bar, aim; /* 0: none */
    timing times;
};

class report
{
  public:
    explicit report(bool json);
    ~report();
    report(const report &) = delete;
    report &operator=(const report &) = delete;

    void add(const result &row);
    void add(const growth &what, const exponents &fitted);
    void skip(const std::string &name, const std::string &reason);

  private:
    enum section { NONE, ROWS, GROWTH };
    void open(section which);
    void separate();

    bool json;
    section current = NONE;
    bool first = true;
};

} // namespace bench

#endif
