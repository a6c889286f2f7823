# SPDX-License-Identifier: Apache-2.0
# How everything here is compiled: the target cvheatmap_flags (never installed) and a few lists that CMakeLists.txt uses.

set(CVH_LIBRARY_KIND STATIC)
if(CVHEATMAP_SHARED)
  set(CVH_LIBRARY_KIND SHARED)
endif()

set(CVH_GNU_FLAGS FALSE) # none reaches a compiler that knows no such flag
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang" AND NOT CMAKE_C_COMPILER_FRONTEND_VARIANT STREQUAL "MSVC")
  set(CVH_GNU_FLAGS TRUE)
endif()

set(CVH_X86 FALSE)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(i.86|x86|x86_64|AMD64|amd64)$")
  set(CVH_X86 TRUE)
endif()

add_library(cvheatmap_flags INTERFACE)
if(CVH_GNU_FLAGS)
  target_compile_options(cvheatmap_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                                   $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
                                                   $<$<BOOL:${CVHEATMAP_WERROR}>:-Werror>)
  # Each product and each sum is rounded once. These stand behind the user's own flags, which may ask for faster and other sums.
  # -fno-fast-math alone does not take back what the user has asked for by its own name. To clang -fno-unsafe-math-optimizations
  # also means that traps are to be seen, for which it leaves every loop over floats without vectors; its parts say the rest.
  target_compile_options(cvheatmap_flags INTERFACE -ffp-contract=off -fno-fast-math
                                                   $<$<C_COMPILER_ID:GNU>:-fno-unsafe-math-optimizations>
                                                   -fno-finite-math-only -fno-associative-math -fno-reciprocal-math -fsigned-zeros)
  # With any of the three that it takes for fast-math, a compiler links code that flushes subnormals to zero in the whole
  # process.
  target_link_options(cvheatmap_flags INTERFACE -fno-fast-math -fno-unsafe-math-optimizations)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" CVH_BUILD_TYPE)
  set(CVH_USERS_FLAGS "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_C_FLAGS_${CVH_BUILD_TYPE}} ${CMAKE_CXX_FLAGS_${CVH_BUILD_TYPE}}")
  if(CVH_USERS_FLAGS MATCHES "-Ofast")
    target_link_options(cvheatmap_flags INTERFACE -O3) # nothing but another -O takes back -Ofast
  endif()
  # What the user tells the linker stands behind that, and is not to be overruled.
  foreach(flags IN ITEMS SHARED_LINKER_FLAGS EXE_LINKER_FLAGS MODULE_LINKER_FLAGS)
    foreach(variable IN ITEMS CMAKE_${flags} CMAKE_${flags}_${CVH_BUILD_TYPE})
      if("${${variable}}" MATCHES "-Ofast|-ffast-math|-funsafe-math-optimizations|-mdaz-ftz")
        message(FATAL_ERROR "${variable} (LDFLAGS) has ${CMAKE_MATCH_0}: the linker would add code that flushes subnormals to "
                            "zero in the whole process. Leave it out there; among CFLAGS it does no harm.")
      endif()
    endforeach()
  endforeach()
  if(CMAKE_SIZEOF_VOID_P EQUAL 4 AND CVH_X86)
    target_compile_options(cvheatmap_flags INTERFACE -msse2 -mfpmath=sse) # not x87, which keeps sums in 80 bits
  endif()
endif()
if(CVHEATMAP_AVX2)
  target_compile_definitions(cvheatmap_flags INTERFACE CVH_AVX2)
endif()
if(UNIX)
  # Files and folders of any size, on machines of 32 bits too.
  target_compile_definitions(cvheatmap_flags INTERFACE _FILE_OFFSET_BITS=64)
endif()
if(MINGW)
  # printf as C11 has it, %zu included; and its isnan() seems to make a float of a double, in a branch that is never taken.
  target_compile_definitions(cvheatmap_flags INTERFACE __USE_MINGW_ANSI_STDIO=1)
  target_compile_options(cvheatmap_flags INTERFACE -Wno-float-conversion)
endif()

if(CVHEATMAP_SANITIZE)
  target_compile_options(cvheatmap_flags INTERFACE -fsanitize=${CVHEATMAP_SANITIZE} -fno-sanitize-recover=all
                                                   -fno-omit-frame-pointer -g)
  target_link_options(cvheatmap_flags INTERFACE -fsanitize=${CVHEATMAP_SANITIZE})
  if(CVHEATMAP_SANITIZE MATCHES "undefined")
    # The check of C++'s virtual tables wants the C++ half of the runtime, which a C program does not bring. We have none.
    target_compile_options(cvheatmap_flags INTERFACE -fno-sanitize=vptr)
  endif()
endif()
if(CVHEATMAP_COVERAGE)
  # Atomic: counters that several threads count lose some otherwise, down to negative ones, which gcovr refuses to read.
  target_compile_options(cvheatmap_flags INTERFACE --coverage -fprofile-update=atomic -Og -g)
  target_link_options(cvheatmap_flags INTERFACE --coverage)
endif()

# Paths of this machine stay out of the library, so that two builds in two folders are the same bytes.
set(CVH_PREFIX_MAP "")
if(CVH_GNU_FLAGS AND NOT CVHEATMAP_COVERAGE)
  set(CVH_PREFIX_MAP -ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=.)
endif()

# The version script is the list of what the shared library exports. An undefined symbol is an error when the library is linked,
# not when a user's program is; under sanitizers, whose runtime stands in the program, it cannot be.
set(CVH_SHARED_LINK_OPTIONS "")
if(CVH_GNU_FLAGS AND UNIX AND NOT APPLE)
  list(APPEND CVH_SHARED_LINK_OPTIONS -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/cmake/cvheatmap.map)
  if(NOT CVHEATMAP_SANITIZE AND NOT "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize")
    list(APPEND CVH_SHARED_LINK_OPTIONS -Wl,-z,defs)
  endif()
endif()

set(CVH_LIBM "")
if(UNIX)
  set(CVH_LIBM m)
endif()
set(CVH_CXX_RUNTIME ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
list(REMOVE_ITEM CVH_CXX_RUNTIME ${CMAKE_C_IMPLICIT_LINK_LIBRARIES} m)
list(REMOVE_DUPLICATES CVH_CXX_RUNTIME)
