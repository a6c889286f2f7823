# SPDX-License-Identifier: Apache-2.0
# Finds OpenCV's core and imgproc and nothing else.
#
#   CVHOpenCV::core, CVHOpenCV::imgproc   imported targets
#   CVHOpenCV_VERSION, CVHOpenCV_WAY      the version; "config" or "files": which way was taken
#   CVHOpenCV_LIBRARY_DIR                 the folder of the libraries, for the .pc file of a static build
#
# Debian's slim packages (libopencv-imgproc-dev, where libopencv-dev is 1 GB) hold headers and libraries, but no
# OpenCVConfig.cmake and no opencv4.pc. So: take the config where there is one, else look for the files themselves. The
# version is compared here, because OpenCV's own version file ignores ranges. pkg-config is never asked: opencv4.pc names
# every module. An installed static cvheatmap brings this file along for its users.

set(CVHOpenCV_WAY "")
set(CVHOpenCV_REASON "")

# A version that find_package(CVHOpenCV ...) did not ask for is not taken, so that the search goes on.
function(cvh_opencv_suits version result)
  set(suits TRUE)
  if(CVHOpenCV_FIND_VERSION_RANGE)
    if(version VERSION_LESS CVHOpenCV_FIND_VERSION_MIN OR version VERSION_GREATER_EQUAL CVHOpenCV_FIND_VERSION_MAX)
      set(suits FALSE)
    endif()
  elseif(CVHOpenCV_FIND_VERSION)
    string(REGEX MATCH "^${CVHOpenCV_FIND_VERSION}(\\.|$)" same "${version}")
    if(version VERSION_LESS CVHOpenCV_FIND_VERSION OR (CVHOpenCV_FIND_VERSION_EXACT AND NOT same))
      set(suits FALSE)
    endif()
  endif()
  set(${result} ${suits} PARENT_SCOPE)
endfunction()

function(cvh_opencv_target name)
  if(NOT TARGET CVHOpenCV::${name})
    add_library(CVHOpenCV::${name} ${ARGN} IMPORTED)
  endif()
endfunction()

# 1. OpenCVConfig.cmake
find_package(OpenCV CONFIG QUIET COMPONENTS core imgproc)
if(OpenCV_FOUND)
  cvh_opencv_suits("${OpenCV_VERSION}" CVHOpenCV_SUITS)
  if(CVHOpenCV_SUITS)
    set(CVHOpenCV_WAY config)
    set(CVHOpenCV_VERSION ${OpenCV_VERSION})
    cvh_opencv_target(core INTERFACE)
    cvh_opencv_target(imgproc INTERFACE)
    set_target_properties(CVHOpenCV::core PROPERTIES INTERFACE_LINK_LIBRARIES opencv_core)
    set_target_properties(CVHOpenCV::imgproc PROPERTIES INTERFACE_LINK_LIBRARIES "opencv_imgproc;opencv_core")
    set(CVHOpenCV_LIBRARY_DIR $<TARGET_LINKER_FILE_DIR:opencv_core>)
    set(CVHOpenCV_WHERE ${OpenCV_DIR})
  else()
    string(APPEND CVHOpenCV_REASON "${OpenCV_DIR} is version ${OpenCV_VERSION}. ")
  endif()
endif()

# 2. the files
if(NOT CVHOpenCV_WAY)
  find_path(CVHOpenCV_INCLUDE_DIR opencv2/imgproc.hpp PATH_SUFFIXES opencv5 opencv4)
  find_library(CVHOpenCV_CORE_LIBRARY opencv_core)
  find_library(CVHOpenCV_IMGPROC_LIBRARY opencv_imgproc)
  mark_as_advanced(CVHOpenCV_INCLUDE_DIR CVHOpenCV_CORE_LIBRARY CVHOpenCV_IMGPROC_LIBRARY)
  set(CVHOpenCV_VERSION_FILE "${CVHOpenCV_INCLUDE_DIR}/opencv2/core/version.hpp")
  if(CVHOpenCV_CORE_LIBRARY AND CVHOpenCV_IMGPROC_LIBRARY AND EXISTS "${CVHOpenCV_VERSION_FILE}")
    file(STRINGS "${CVHOpenCV_VERSION_FILE}" CVHOpenCV_LINES REGEX "^#define CV_VERSION_(MAJOR|MINOR|REVISION) +[0-9]+$")
    string(REGEX REPLACE "#define CV_VERSION_[A-Z]+ +" "" CVHOpenCV_LINES "${CVHOpenCV_LINES}")
    string(REPLACE ";" "." CVHOpenCV_VERSION "${CVHOpenCV_LINES}")
    cvh_opencv_suits("${CVHOpenCV_VERSION}" CVHOpenCV_SUITS)
    if(CVHOpenCV_SUITS)
      set(CVHOpenCV_WAY files)
      cvh_opencv_target(core UNKNOWN)
      cvh_opencv_target(imgproc UNKNOWN)
      set_target_properties(CVHOpenCV::core PROPERTIES IMPORTED_LOCATION "${CVHOpenCV_CORE_LIBRARY}"
                            INTERFACE_INCLUDE_DIRECTORIES "${CVHOpenCV_INCLUDE_DIR}")
      set_target_properties(CVHOpenCV::imgproc PROPERTIES IMPORTED_LOCATION "${CVHOpenCV_IMGPROC_LIBRARY}"
                            INTERFACE_INCLUDE_DIRECTORIES "${CVHOpenCV_INCLUDE_DIR}"
                            INTERFACE_LINK_LIBRARIES CVHOpenCV::core)
      get_filename_component(CVHOpenCV_LIBRARY_DIR "${CVHOpenCV_CORE_LIBRARY}" DIRECTORY)
      set(CVHOpenCV_WHERE "${CVHOpenCV_INCLUDE_DIR}, ${CVHOpenCV_CORE_LIBRARY}")
    else()
      string(APPEND CVHOpenCV_REASON "${CVHOpenCV_INCLUDE_DIR} is version ${CVHOpenCV_VERSION}. ")
    endif()
  endif()
endif()

# Headers of one install beside the library of another compile, link and then go wrong. One small program tells, where a C++
# compiler is at hand and its programs run here.
if(CVHOpenCV_WAY STREQUAL "files" AND CMAKE_CXX_COMPILER_LOADED AND NOT CMAKE_CROSSCOMPILING)
  set(CVHOpenCV_PAIR "${CVHOpenCV_INCLUDE_DIR};${CVHOpenCV_CORE_LIBRARY};${CVHOpenCV_VERSION}")
  if(NOT CVHOpenCV_PAIR STREQUAL "${CVHOpenCV_PAIR_TRIED}")
    set(CVHOpenCV_PROBE ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/cvh_opencv_pair)
    file(WRITE ${CVHOpenCV_PROBE}/pair.cpp
         "#include <opencv2/core.hpp>\n#include <iostream>\nint main() { std::cout << cv::getVersionString(); return "
         "cv::getVersionString() != CV_VERSION; }\n")
    unset(CVHOpenCV_PAIR_RUNS CACHE)
    try_run(CVHOpenCV_PAIR_RUNS CVHOpenCV_PAIR_COMPILES ${CVHOpenCV_PROBE} ${CVHOpenCV_PROBE}/pair.cpp
            CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${CVHOpenCV_INCLUDE_DIR} -DCMAKE_CXX_STANDARD=17
            LINK_LIBRARIES ${CVHOpenCV_CORE_LIBRARY}
            COMPILE_OUTPUT_VARIABLE CVHOpenCV_PAIR_MESSAGES RUN_OUTPUT_VARIABLE CVHOpenCV_PAIR_OUTPUT)
    if(CVHOpenCV_PAIR_COMPILES AND CVHOpenCV_PAIR_RUNS EQUAL 0)
      set(CVHOpenCV_PAIR_TRIED "${CVHOpenCV_PAIR}" CACHE INTERNAL "headers and library that fit each other")
    elseif(CVHOpenCV_PAIR_COMPILES)
      string(APPEND CVHOpenCV_REASON "The headers in ${CVHOpenCV_INCLUDE_DIR} are version ${CVHOpenCV_VERSION}, but "
             "${CVHOpenCV_CORE_LIBRARY} says \"${CVHOpenCV_PAIR_OUTPUT}\". ")
      set(CVHOpenCV_WAY "")
    else()
      string(APPEND CVHOpenCV_REASON "A program that uses ${CVHOpenCV_INCLUDE_DIR} and ${CVHOpenCV_CORE_LIBRARY} does not build:\n"
             "${CVHOpenCV_PAIR_MESSAGES}")
      set(CVHOpenCV_WAY "")
    endif()
  endif()
endif()

if(CVHOpenCV_WAY AND NOT CVHOpenCV_FIND_QUIETLY)
  message(STATUS "OpenCV ${CVHOpenCV_VERSION} by ${CVHOpenCV_WAY}: ${CVHOpenCV_WHERE}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CVHOpenCV REQUIRED_VARS CVHOpenCV_WAY VERSION_VAR CVHOpenCV_VERSION HANDLE_VERSION_RANGE
    REASON_FAILURE_MESSAGE "${CVHOpenCV_REASON}OpenCV's core and imgproc, 4.5 to 5.x, are needed. Debian and Ubuntu: apt-get install \
libopencv-imgproc-dev (the whole of libopencv-dev is not needed). Elsewhere: set OpenCV_DIR to the folder of \
OpenCVConfig.cmake, or CMAKE_PREFIX_PATH to where OpenCV is installed.\n")
