// A batch of dies as C# has dumped it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace {

// Rows of a weight, in the order of the dump's table of rows, and of an output.
enum WeightRow {
    P, N, FwdPp, FwdNp, FwdNn, FwdPn, UpdPn, UpdNp, UpdPp, UpdNn, DecayP, DecayN, CrossP, CrossN, QuiescentP,
    QuiescentN, WeightRows
};
enum OutputRow { Y, Drift, ErrorP, ErrorN, Lead, Slope, Activation, ActivationGain, ActivationOffset, OutputRows };

struct Header {
    int32_t magic, elementSize, lanes, outputs, inputs, examples, rowOf[WeightRows];
};

constexpr int32_t Magic = 0x314C4459;

template <class T>
struct Rows {
    explicit Rows(size_t count) : count(count), data(static_cast<T*>(std::aligned_alloc(64, Padded(count)))) {}
    ~Rows() { std::free(data); }
    Rows(const Rows&) = delete;

    static size_t Padded(size_t count) { return (count * sizeof(T) + 63) / 64 * 64; }

    size_t count;
    T* data;
};

template <class T>
void Read(std::FILE* file, T* data, size_t count) {
    if (std::fread(data, sizeof(T), count, file) != count)
        throw std::runtime_error("the dump is too short");
}

template <class V>
struct Layer {
    using T = typename V::Element;

    Layer(const Header& h, std::FILE* file)
        : outputs(h.outputs), inputs(h.inputs), examples(h.examples), substeps(examples), order(examples),
          weights(size_t(outputs) * inputs * WeightRows * V::Count),
          outputRows(size_t(outputs) * OutputRows * V::Count), rates(size_t(examples) * outputs * 2 * V::Count), polar(size_t(examples) * 2 * inputs),
          targets(size_t(examples) * outputs) {
        Read(file, &errorQuiescent, 1);
        Read(file, substeps.data(), substeps.size());
        Read(file, order.data(), order.size());
        ReadWeights(file, h.rowOf);
        for (int o = 0; o < outputs; o++)
            Read(file, Output(o) + ActivationGain * V::Count, 2 * V::Count);
        for (Rows<T>* rows : {&rates, &polar, &targets})
            Read(file, rows->data, rows->count);
    }

    int outputs, inputs, examples;
    double errorQuiescent;
    std::vector<int32_t> substeps, order;
    Rows<T> weights, outputRows, rates, polar, targets;

    T* Output(int o) const { return outputRows.data + size_t(o) * OutputRows * V::Count; }
    const T* Polar(int example) const { return polar.data + size_t(example) * 2 * inputs; }
    const T* RatesOf(int example) const { return rates.data + size_t(example) * outputs * 2 * V::Count; }
    const T* TargetsOf(int example) const { return targets.data + size_t(example) * outputs; }

private:
    void ReadWeights(std::FILE* file, const int32_t* rowOf) {
        std::vector<T> weight(WeightRows * V::Count);
        for (T* w = weights.data; w < weights.data + weights.count; w += weight.size()) {
            Read(file, weight.data(), weight.size());
            for (int r = 0; r < WeightRows; r++)
                std::copy_n(weight.data() + rowOf[r] * V::Count, V::Count, w + r * V::Count);
        }
    }
};

}  // namespace
