/* SPDX-License-Identifier: Apache-2.0
 * Pictures by OpenCV's own functions: the program's only C++, and the only file of it that includes OpenCV. */
#include "output/drawing.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

struct board {
    cv::Mat pixels; /* blue, green, red */
    mutable char reason[512];
};

/* GCOVR_EXCL_BR_START: OpenCV's inline functions branch on what cannot be here */
namespace
{

cv::Scalar ink_of(colour ink)
{
    return cv::Scalar(ink.blue, ink.green, ink.red);
}

/* Runs the work, unless something failed before; an exception becomes the board's reason. */
template <typename Work> void guarded(const board *on, Work work) noexcept
{
    if (on->reason[0]) return;
    try {
        work();
    } catch (const std::bad_alloc &) {
        std::snprintf(on->reason, sizeof on->reason, "no memory for the picture");
    } catch (const std::exception &error) {
        std::snprintf(on->reason, sizeof on->reason, "OpenCV: %s", error.what());
        /* GCOVR_EXCL_START: OpenCV throws nothing else */
    } catch (...) {
        std::snprintf(on->reason, sizeof on->reason, "OpenCV failed on the picture");
    }
    /* GCOVR_EXCL_STOP */
}

/* A text whose width could not be found out: no picture is laid out by it. */
bool unmeasured;

struct face {
    int font;
    double scale;
    int thickness, ascent;
};

/* By text_size; the ascent is what a capital letter takes up above its line. */
const face faces[] = {
    {cv::FONT_HERSHEY_SIMPLEX, 0.38, 1, 9},
    {cv::FONT_HERSHEY_SIMPLEX, 0.5, 1, 12},
    {cv::FONT_HERSHEY_DUPLEX, 0.9, 1, 21},
};

int colormap_of(const char *map)
{
    static const int codes[] = {cv::COLORMAP_HOT, cv::COLORMAP_JET, cv::COLORMAP_VIRIDIS, cv::COLORMAP_TURBO,
                                cv::COLORMAP_MAGMA};
    for (int i = 1; map && colormap_names[i]; ++i)
        if (!std::strcmp(map, colormap_names[i])) return codes[i - 1];
    return cv::COLORMAP_HOT;
}

unsigned char level_of(double share)
{
    return static_cast<unsigned char>(255 * (share > 1 ? 1 : share > 0 ? share : 0) + 0.5);
}

/* The shares' colours, a pixel each. */
cv::Mat coloured(const double *shares, int rows, int cols, const char *map)
{
    cv::Mat grey(rows, cols, CV_8UC1), colours;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            grey.at<unsigned char>(row, col) =
                level_of(shares[static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col)]);
    if (map && !std::strcmp(map, "grey"))
        cv::cvtColor(grey, colours, cv::COLOR_GRAY2BGR);
    else
        cv::applyColorMap(grey, colours, colormap_of(map));
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            if (std::isnan(shares[static_cast<size_t>(row) * static_cast<size_t>(cols) + static_cast<size_t>(col)]))
                colours.at<cv::Vec3b>(row, col) = cv::Vec3b(200, 90, 70);
    return colours;
}

cv::Mat part_of(const board *on, int x, int y, int width, int height)
{
    return on->pixels(cv::Rect(x, y, width, height));
}

} // namespace

const char *const colormap_names[] = {"grey", "hot", "jet", "viridis", "turbo", "magma", nullptr};

bool board_available(void)
{
    return true;
}

int board_open(board **made, int width, int height, colour background)
{
    // cppcheck-suppress cppcheckError ; cppcheck's own: it gives this expression up
    board *on = new (std::nothrow) board{};
    *made = on;
    if (!on) return trouble("no memory for the picture");
    guarded(on, [&] { on->pixels = cv::Mat(height, width, CV_8UC3, ink_of(background)); });
    return board_status(on);
}

void board_close(board *on)
{
    delete on;
}

void board_fill(board *on, int x, int y, int width, int height, colour ink)
{
    if (width < 1 || height < 1) return;
    guarded(on, [&] { cv::rectangle(on->pixels, cv::Rect(x, y, width, height), ink_of(ink), cv::FILLED); });
}

void board_frame(board *on, int x, int y, int width, int height, colour ink)
{
    guarded(on, [&] { cv::rectangle(on->pixels, cv::Rect(x - 1, y - 1, width + 2, height + 2), ink_of(ink)); });
}

void board_line(board *on, int x0, int y0, int x1, int y1, int thickness, colour ink)
{
    guarded(on, [&] { cv::line(on->pixels, cv::Point(x0, y0), cv::Point(x1, y1), ink_of(ink), thickness); });
}

void board_text(board *on, int x, int y, text_size size, colour ink, const char *text)
{
    const face &used = faces[size];
    guarded(on, [&] {
        cv::putText(on->pixels, text, cv::Point(x, y + used.ascent), used.font, used.scale, ink_of(ink), used.thickness,
                    cv::LINE_AA);
    });
}

int board_text_width(text_size size, const char *text)
{
    const face &used = faces[size];
    board quiet{};
    int width = 0, baseline = 0;
    guarded(&quiet, [&] { width = cv::getTextSize(text, used.font, used.scale, used.thickness, &baseline).width; });
    unmeasured = unmeasured || quiet.reason[0];
    return width;
}

void board_map(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const char *map)
{
    guarded(on, [&] {
        const cv::Mat part = part_of(on, x, y, width, height);
        cv::resize(coloured(shares, rows, cols, map), part, part.size(), 0, 0, cv::INTER_NEAREST);
    });
}

void board_photo(board *on, int x, int y, int width, int height, const unsigned char *photo, int rows, int cols)
{
    guarded(on, [&] {
        const cv::Mat seen(rows, cols, CV_8UC3, const_cast<unsigned char *>(photo)), part = part_of(on, x, y, width, height);
        cv::Mat scaled;
        cv::resize(seen, scaled, part.size(), 0, 0, width < cols ? cv::INTER_AREA : cv::INTER_LINEAR);
        cv::cvtColor(scaled, part, cv::COLOR_RGB2BGR);
    });
}

void board_over(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const cvh_affine *to,
                const char *map, double alpha)
{
    guarded(on, [&] {
        const cv::Mat part = part_of(on, x, y, width, height), heat(rows, cols, CV_64F, const_cast<double *>(shares));
        const cv::Matx23d matrix(to->xx, to->xy, to->x0, to->yx, to->yy, to->y0);
        cv::Mat narrow, there;
        heat.convertTo(narrow, CV_32F);
        cv::warpAffine(narrow, there, matrix, part.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
        there.convertTo(there, CV_64F);
        const cv::Mat colours = coloured(there.ptr<double>(), height, width, map);
        for (int row = 0; row < height; ++row)
            for (int col = 0; col < width; ++col) {
                const double share = there.at<double>(row, col), weight = std::isnan(share) ? alpha
                                                                                            : alpha
                                                                                                  * (share > 1   ? 1
                                                                                                     : share > 0 ? share
                                                                                                                 : 0);
                cv::Vec3b &pixel = const_cast<cv::Mat &>(part).at<cv::Vec3b>(row, col);
                const cv::Vec3b &ink = colours.at<cv::Vec3b>(row, col);
                for (int c = 0; c < 3; ++c)
                    pixel[c] = cv::saturate_cast<unsigned char>((1 - weight) * pixel[c] + weight * ink[c]);
            }
    });
}

const unsigned char *board_pixels(const board *on, int *width, int *height)
{
    *width = on->pixels.cols;
    *height = on->pixels.rows;
    return on->pixels.ptr();
}

int board_status(const board *on)
{
    if (on->reason[0]) return trouble("%s", on->reason);
    return unmeasured ? trouble("no memory for the picture's texts") : EXIT_FINE;
}

int colours_of(const unsigned char *grey, size_t count, const char *map, unsigned char *rgb)
{
    board quiet{};
    guarded(&quiet, [&] {
        const cv::Mat from(1, static_cast<int>(count), CV_8UC1, const_cast<unsigned char *>(grey));
        cv::Mat colours, to(1, static_cast<int>(count), CV_8UC3, rgb);
        cv::applyColorMap(from, colours, colormap_of(map));
        cv::cvtColor(colours, to, cv::COLOR_BGR2RGB);
    });
    return board_status(&quiet);
}
/* GCOVR_EXCL_BR_STOP */
