// 512 bits of lanes, one die a lane: the operations of ILanes and the exponential of Elementary, in intrinsics.
#pragma once

#include <immintrin.h>

namespace {

struct Singles {
    using Element = float;
    static constexpr int Count = 16;
    __m512 v;

    static Singles Load(const float* p) { return {_mm512_load_ps(p)}; }
    static Singles All(double x) { return {_mm512_set1_ps(static_cast<float>(x))}; }
    void Store(float* p) const { _mm512_store_ps(p, v); }
    friend Singles operator+(Singles a, Singles b) { return {_mm512_add_ps(a.v, b.v)}; }
    friend Singles operator-(Singles a, Singles b) { return {_mm512_sub_ps(a.v, b.v)}; }
    friend Singles operator*(Singles a, Singles b) { return {_mm512_mul_ps(a.v, b.v)}; }
    friend Singles operator/(Singles a, Singles b) { return {_mm512_div_ps(a.v, b.v)}; }
    friend Singles Fma(Singles a, Singles b, Singles c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
    friend Singles Fnma(Singles a, Singles b, Singles c) { return {_mm512_fnmadd_ps(a.v, b.v, c.v)}; }
    friend Singles Max(Singles a, Singles b) { return {_mm512_max_ps(a.v, b.v)}; }
    friend Singles Min(Singles a, Singles b) { return {_mm512_min_ps(a.v, b.v)}; }
    friend Singles Round(Singles a) { return {_mm512_roundscale_ps(a.v, 8)}; }
    // The integer n in the lowest bits (after adding 1.5 * 2^23), biased and shifted to be an exponent.
    friend Singles Pow2(Singles n) {
        __m512 biased = _mm512_add_ps(n.v, _mm512_set1_ps(12582912.0f + 127.0f));
        return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_castps_si512(biased), 23))};
    }
};

struct Doubles {
    using Element = double;
    static constexpr int Count = 8;
    __m512d v;

    static Doubles Load(const double* p) { return {_mm512_load_pd(p)}; }
    static Doubles All(double x) { return {_mm512_set1_pd(x)}; }
    void Store(double* p) const { _mm512_store_pd(p, v); }
    friend Doubles operator+(Doubles a, Doubles b) { return {_mm512_add_pd(a.v, b.v)}; }
    friend Doubles operator-(Doubles a, Doubles b) { return {_mm512_sub_pd(a.v, b.v)}; }
    friend Doubles operator*(Doubles a, Doubles b) { return {_mm512_mul_pd(a.v, b.v)}; }
    friend Doubles operator/(Doubles a, Doubles b) { return {_mm512_div_pd(a.v, b.v)}; }
    friend Doubles Fma(Doubles a, Doubles b, Doubles c) { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }
    friend Doubles Fnma(Doubles a, Doubles b, Doubles c) { return {_mm512_fnmadd_pd(a.v, b.v, c.v)}; }
    friend Doubles Max(Doubles a, Doubles b) { return {_mm512_max_pd(a.v, b.v)}; }
    friend Doubles Min(Doubles a, Doubles b) { return {_mm512_min_pd(a.v, b.v)}; }
    friend Doubles Round(Doubles a) { return {_mm512_roundscale_pd(a.v, 8)}; }
    friend Doubles Pow2(Doubles n) {
        __m512d biased = _mm512_add_pd(n.v, _mm512_set1_pd(6755399441055744.0 + 1023.0));
        return {_mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(biased), 52))};
    }
};

inline Singles Exp(Singles x) {
    x = Max(Min(x, Singles::All(88)), Singles::All(-87));
    Singles n = Round(x * Singles::All(1.4426950408889634));
    Singles r = Fnma(n, Singles::All(-2.12194440e-4f), Fnma(n, Singles::All(0.693359375f), x));
    Singles p = Singles::All(1.0 / 5040);
    for (double c : {1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0})
        p = Fma(p, r, Singles::All(c));
    return p * Pow2(n);
}

inline Doubles Exp(Doubles x) {
    x = Max(Min(x, Doubles::All(708)), Doubles::All(-708));
    Doubles n = Round(x * Doubles::All(1.4426950408889634));
    Doubles r = Fnma(n, Doubles::All(1.90821492927058770002e-10), Fnma(n, Doubles::All(6.93147180369123816490e-01), x));
    Doubles p = Doubles::All(1.0 / 6227020800);
    for (double c : {1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120,
                     1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0})
        p = Fma(p, r, Doubles::All(c));
    return p * Pow2(n);
}

}  // namespace
