# SPDX-License-Identifier: Apache-2.0
# Debian's cross compilers: cmake --toolchain test/machines/toolchain.cmake -DCVH_MACHINE=s390x. The libraries are those of the
# same architecture that dpkg installed beside this machine's own.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CVH_MACHINE)
# machine: processor, prefix of the compilers, folder of the libraries, emulator
set(machine_arm64 aarch64 aarch64-linux-gnu aarch64-linux-gnu qemu-aarch64)
set(machine_armhf armv7l arm-linux-gnueabihf arm-linux-gnueabihf qemu-arm)
set(machine_i386 i686 i686-linux-gnu i386-linux-gnu "")
set(machine_s390x s390x s390x-linux-gnu s390x-linux-gnu qemu-s390x)
set(machine_ppc64el ppc64le powerpc64le-linux-gnu powerpc64le-linux-gnu qemu-ppc64le)
set(machine_riscv64 riscv64 riscv64-linux-gnu riscv64-linux-gnu qemu-riscv64)
if(NOT DEFINED machine_${CVH_MACHINE})
  message(FATAL_ERROR "CVH_MACHINE is '${CVH_MACHINE}'; it must be arm64, armhf, i386, s390x, ppc64el or riscv64")
endif()
list(GET machine_${CVH_MACHINE} 0 CMAKE_SYSTEM_PROCESSOR)
list(GET machine_${CVH_MACHINE} 1 prefix)
list(GET machine_${CVH_MACHINE} 2 CMAKE_LIBRARY_ARCHITECTURE)
list(GET machine_${CVH_MACHINE} 3 CMAKE_CROSSCOMPILING_EMULATOR)

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${prefix}-gcc)
set(CMAKE_CXX_COMPILER ${prefix}-g++)
set(ENV{PKG_CONFIG_LIBDIR} /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/pkgconfig:/usr/share/pkgconfig)
