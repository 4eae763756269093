// What the machine could do at best: the limits that a kernel is held against.
#pragma once

#include <immintrin.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "layer.hpp"
#include "seconds.hpp"

namespace {

// The best of several tries of work that does so many units, in units per second.
template <class Work>
double BestRate(double units, Work work) {
    double best = 0;
    for (int r = 0; r < 50; r++) {
        const double began = Seconds();
        work();
        best = std::max(best, units / (Seconds() - began));
    }
    return best;
}

// Bytes a second that 512-bit loads bring from a block of memory, again and again, in ascending order.
double ReadBandwidth(size_t bytes) {
    const Rows<char> block(bytes);
    std::memset(block.data, 1, bytes);
    const int passes = static_cast<int>(20'000'000 / bytes);
    return BestRate(double(bytes) * passes, [&] {
        __m512i sums[4] = {};
        for (int pass = 0; pass < passes; pass++) {
            asm volatile("" ::: "memory");  // else one pass would do
            for (size_t i = 0; i < bytes; i += 256)
                for (int k = 0; k < 4; k++)
                    sums[k] = _mm512_or_si512(sums[k], _mm512_load_si512(block.data + i + 64 * k));
        }
        for (__m512i sum : sums)
            asm volatile("" ::"v"(sum));
    });
}

// 512-bit fused multiply-adds a second, in enough independent chains to fill the pipes.
double MultiplyAddRate() {
    constexpr int chains = 12;
    constexpr int length = 100'000;
    return BestRate(double(chains) * length, [&] {
        __m512 sums[chains];
        const __m512 factor = _mm512_set1_ps(0.999f);
        for (__m512& sum : sums)
            sum = factor;
        for (int i = 0; i < length; i++)
            for (__m512& sum : sums)
                sum = _mm512_fmadd_ps(sum, factor, factor);
        for (__m512 sum : sums)
            asm volatile("" ::"v"(sum));
    });
}

void MeasureMachine() {
    std::printf("%.6g\n", ReadBandwidth(32 * 1024));
    std::printf("%.6g\n", ReadBandwidth(640 * 1024));
    std::printf("%.6g\n", MultiplyAddRate());
}

}  // namespace
