#pragma once

#include <chrono>

namespace {

// A clock that never goes back, in seconds.
inline double Seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace
