/* SPDX-License-Identifier: Apache-2.0
 * The figures of docs/eight-bits.md: what rounding samples to 8 bits costs each decoder. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { MAPS = 3000, SIDE = 33, DECODERS = 4 };

static const char *const decoders[DECODERS] = {NULL, "mmpose_dark", "hrnet", "higherhrnet_argmax"};

/* How samples are stored: values 0..range over all the depth's steps; range 0: as they are. */
typedef struct storage {
    const char *name;
    cvh_depth depth;
    double range, noise;
    double mean[DECODERS]; /* pixels, as the page has them: to 4, 4, 3 and 3 places */
} storage;

static const storage rows[] = {
    {"float", CVH_32F, 0, 0, {0.0000, 0.0002, 0.191, 0.376}},
    {"half", CVH_16F, 0, 0, {0.0001, 0.0002, 0.190, 0.376}},
    {"8 bits over 0..1", CVH_8U, 1, 0, {0.0012, 0.0011, 0.188, 0.377}},
    {"8 bits over 0..4", CVH_8U, 4, 0, {0.0048, 0.0048, 0.179, 0.378}},
    {"8 bits over 0..8", CVH_8U, 8, 0, {0.0089, 0.0089, 0.171, 0.385}},
    {"8 bits over 0..16", CVH_8U, 16, 0, {0.0201, 0.0191, 0.172, 0.402}},
    {"float, noise 0.01", CVH_32F, 0, 0.01, {0.0101, 0.0100, 0.198, 0.387}},
    {"8 bits over 0..1, noise 0.01", CVH_8U, 1, 0.01, {0.0102, 0.0100, 0.196, 0.387}},
    {"8 bits over 0..4, noise 0.01", CVH_8U, 4, 0.01, {0.0112, 0.0110, 0.190, 0.389}},
    {"8 bits over 0..8, noise 0.01", CVH_8U, 8, 0.01, {0.0138, 0.0136, 0.185, 0.395}},
};
enum { ROWS = sizeof rows / sizeof *rows };

static float values[MAPS][SIDE][SIDE];
static double truth[MAPS][2];
static unsigned char room[sizeof values];

/* Gaussians of sigma 2, anywhere within half a pixel of the middle. */
static void draw(double noise)
{
    random_state random = random_start(8);
    for (int map = 0; map < MAPS; map++) {
        truth[map][0] = SIDE / 2 + random_real(&random) - 0.5;
        truth[map][1] = SIDE / 2 + random_real(&random) - 0.5;
        for (int row = 0; row < SIDE; row++)
            for (int col = 0; col < SIDE; col++) {
                double dx = col - truth[map][0], dy = row - truth[map][1];
                double rest = noise > 0 ? noise * random_normal(&random) : 0;
                values[map][row][col] = (float)(exp(-(dx * dx + dy * dy) / 8) + rest);
            }
    }
}

static cvh_maps stored(const storage *how)
{
    cvh_maps real = cvh_maps_view(values, MAPS, SIDE, SIDE, CVH_32F), maps = cvh_maps_view(room, MAPS, SIDE, SIDE, how->depth);
    if (how->range > 0) maps.scale = how->range / 255;
    ck_assert_msg(cvh_convert(&real, &maps) == CVH_OK, "%s", cvh_last_error());
    return maps;
}

static cvh_convention reader(const char *name, cvh_decoder *decoder)
{
    cvh_convention convention = {.decoder = decoder};
    memset(decoder, 0, sizeof *decoder);
    if (!name) return convention;
    if (strstr(name, "argmax"))
        decoder->refine = CVH_REFINE_NONE;
    else
        ck_assert_msg(cvh_decoder_find(name, decoder) == CVH_OK, "%s", cvh_last_error());
    return convention;
}

static double mean_error(const cvh_maps *maps, const char *name)
{
    static cvh_peak peaks[MAPS];
    cvh_decoder decoder;
    cvh_convention convention = reader(name, &decoder);
    ck_assert_msg(cvh_decode(maps, &convention, peaks) == CVH_OK, "%s", cvh_last_error());
    double sum = 0;
    for (int map = 0; map < MAPS; map++) sum += hypot(peaks[map].x - truth[map][0], peaks[map].y - truth[map][1]);
    return sum / MAPS;
}

/* One unit of the last place that is printed. */
static void assert_mean(const char *name, int decoder, double expected, double mean)
{
    ck_assert_msg(fabs(mean - expected) <= (decoder < 2 ? 1e-4 : 1e-3), "%s, %s: %.5f px, the page says %g", name,
                  decoders[decoder] ? decoders[decoder] : "default", mean, expected);
}

START_TEST(the_table)
{
    const storage *how = &rows[_i];
    draw(how->noise);
    cvh_maps maps = stored(how);
    for (int d = 0; d < DECODERS; d++) assert_mean(how->name, d, how->mean[d], mean_error(&maps, decoders[d]));
}
END_TEST

/* The share of maps whose largest sample is not alone. */
static double plateaus(double range)
{
    const storage how = {"", CVH_8U, range, 0, {0}};
    int flat = 0;
    (void)stored(&how);
    for (int map = 0; map < MAPS; map++) {
        const unsigned char *samples = room + (size_t)map * SIDE * SIDE;
        int largest = 0, times = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            if (samples[i] > largest) largest = samples[i], times = 0;
            times += samples[i] == largest;
        }
        flat += times > 1;
    }
    return 100.0 * flat / MAPS;
}

START_TEST(the_plateaus)
{
    static const double ranges[] = {1, 4, 8, 16}, shares[] = {2.9, 9.7, 20.6, 28.3};
    draw(0);
    for (int i = 0; i < 4; i++)
        ck_assert_msg(fabs(plateaus(ranges[i]) - shares[i]) <= 0.1, "over 0..%g: %.2f %%", ranges[i], plateaus(ranges[i]));
}
END_TEST

/* Signed bytes whose zero is -128, read as if it were 0: the background is at -0.5. */
START_TEST(a_zero_forgotten)
{
    static const double expected[DECODERS] = {0.0352, 0.3765, 0.188, 0.377};
    cvh_maps real = cvh_maps_view(values, MAPS, SIDE, SIDE, CVH_32F), maps = cvh_maps_view(room, MAPS, SIDE, SIDE, CVH_8S);
    draw(0);
    maps.scale = 1. / 255;
    maps.zero = -128;
    ck_assert_msg(cvh_convert(&real, &maps) == CVH_OK, "%s", cvh_last_error());
    maps.zero = 0;
    for (int d = 0; d < DECODERS; d++) assert_mean("zero forgotten", d, expected[d], mean_error(&maps, decoders[d]));
}
END_TEST

/* Half: a score beyond 65519.99 is stored as infinite, and has no place between pixels. */
START_TEST(a_half_overflows)
{
    static cvh_peak peaks[MAPS];
    cvh_maps real = cvh_maps_view(values, MAPS, SIDE, SIDE, CVH_32F), maps = cvh_maps_view(room, MAPS, SIDE, SIDE, CVH_16F);
    draw(0);
    real.scale = 1e5;
    ck_assert_msg(cvh_convert(&real, &maps) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(cvh_decode(&maps, NULL, peaks) == CVH_OK, "%s", cvh_last_error());
    for (int map = 0; map < MAPS; map++)
        ck_assert_msg(peaks[map].found == CVH_FOUND_PIXEL_VALUE && isinf(peaks[map].score), "map %d: found %d", map,
                      (int)peaks[map].found);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("eight bits");
    TCase *c = tcase_create("figures");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, the_table, 0, ROWS);
    tcase_add_test(c, the_plateaus);
    tcase_add_test(c, a_zero_forgotten);
    tcase_add_test(c, a_half_overflows);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
