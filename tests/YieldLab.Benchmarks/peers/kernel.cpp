// The arithmetic of SgdrKernel.TrainEpoch in hand-written AVX-512: the yardstick for the C# kernel.
//
//   g++ -O3 -march=native -ffp-contract=off kernel.cpp -o kernel
//   kernel train DUMP WEIGHTS REPETITIONS   trains one epoch, prints the seconds of each repetition, writes the weights
//   kernel machine                          prints the machine's limits: read bandwidths and rate of multiply-adds
//
// Contraction is off so that every lane does exactly the operations of the C# kernel, in its order: the weights then
// agree bit for bit. All else is free: what lies where, what is loaded when, what stays in registers.

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "lanes.hpp"
#include "layer.hpp"
#include "machine.hpp"
#include "seconds.hpp"

namespace {

// ---- Weights ------------------------------------------------------------------------------------------------------

enum class Sweeping { Read, Update, UpdateAndRead };

// Loads a row here and now: the empty asm keeps the compiler from moving it. Rows loaded in ascending order of their
// addresses come from the second-level cache at its full speed; in another order, at two thirds of it (Zen 5).
template <class V>
inline V LoadNow(const typename V::Element* row) {
    V value = V::Load(row);
    asm volatile("" : "+v"(value.v));
    return value;
}

template <Sweeping Kind, class V>
void Sweep(const Layer<V>& layer, const typename V::Element* x, const typename V::Element* next) {
    using T = typename V::Element;
    constexpr int row = V::Count;
    const int inputs = layer.inputs;
    const V half = V::All(0.5);
    T* w = layer.weights.data;
    for (int o = 0; o < layer.outputs; o++) {
        T* output = layer.Output(o);
        const V ep = V::Load(output + ErrorP * row);
        const V en = V::Load(output + ErrorN * row);
        const V lead = V::Load(output + Lead * row);
        V y = V::All(0);
        V drift = V::All(0);
        for (int i = 0; i < inputs; i++, w += WeightRows * row) {
            V p = LoadNow<V>(w + P * row);
            V n = LoadNow<V>(w + N * row);
            const V fwdPp = LoadNow<V>(w + FwdPp * row);
            const V fwdNp = LoadNow<V>(w + FwdNp * row);
            const V fwdNn = LoadNow<V>(w + FwdNn * row);
            const V fwdPn = LoadNow<V>(w + FwdPn * row);
            const V updPn = LoadNow<V>(w + UpdPn * row);
            const V updNp = LoadNow<V>(w + UpdNp * row);
            const V updPp = LoadNow<V>(w + UpdPp * row);
            const V updNn = LoadNow<V>(w + UpdNn * row);
            const V decayP = LoadNow<V>(w + DecayP * row);
            const V decayN = LoadNow<V>(w + DecayN * row);
            const V crossP = LoadNow<V>(w + CrossP * row);
            const V crossN = LoadNow<V>(w + CrossN * row);
            const V quiescentP = LoadNow<V>(w + QuiescentP * row);
            const V quiescentN = LoadNow<V>(w + QuiescentN * row);
            if (Kind != Sweeping::Read) {
                const V inP = V::All(x[i]);
                const V inN = V::All(x[inputs + i]);
                const V gradientP = Fma(ep * inN, updPn, en * inP * updNp);
                const V gradientN = Fma(ep * inP, updPp, en * inN * updNn);
                const V product = p * n;
                const V sourceP = Fma(crossP, product, Fma(decayP, p, quiescentP));
                const V sourceN = Fma(crossN, product, Fma(decayN, n, quiescentN));
                const V meanP = Fma(lead, gradientP, half * sourceP);
                const V meanN = Fma(lead, gradientN, half * sourceN);
                const V meanProduct = Fma(meanP, n, p * meanN);
                p = Fma(crossP, meanProduct, Fma(decayP, meanP, p + (gradientP + sourceP)));
                n = Fma(crossN, meanProduct, Fma(decayN, meanN, n + (gradientN + sourceN)));
                p.Store(w + P * row);
                n.Store(w + N * row);
            }
            if (Kind != Sweeping::Update) {
                const V inP = V::All(next[i]);
                const V inN = V::All(next[inputs + i]);
                const V gainP = Fma(inN, fwdNp, inP * fwdPp);
                const V gainN = Fma(inP, fwdPn, inN * fwdNn);
                const V product = p * n;
                const V sourceP = Fma(crossP, product, Fma(decayP, p, quiescentP));
                const V sourceN = Fma(crossN, product, Fma(decayN, n, quiescentN));
                y = Fma(gainP, p, Fma(gainN, n, y));
                drift = Fma(gainP, sourceP, Fma(gainN, sourceN, drift));
            }
        }
        if (Kind != Sweeping::Update) {
            y.Store(output + Y * row);
            drift.Store(output + Drift * row);
        }
    }
}

// ---- Outputs ------------------------------------------------------------------------------------------------------

// z of an output at its present stage, kept in its row; returns the largest yet.
template <class V>
V Activate(typename V::Element* output, V stage, V largest, bool first) {
    constexpr int row = V::Count;
    const V z = Fma(V::Load(output + ActivationGain * row), stage, V::Load(output + ActivationOffset * row));
    z.Store(output + Activation * row);
    return first ? z : Max(largest, z);
}

// Puts exp(z - max z) in the place of z; returns the reciprocal of the sum.
template <class V>
V Exponentials(const Layer<V>& layer, V largest) {
    constexpr int row = V::Count;
    V sum = V::All(0);
    for (int o = 0; o < layer.outputs; o++) {
        auto* z = layer.Output(o) + Activation * row;
        const V power = Exp(V::Load(z) - largest);
        power.Store(z);
        sum = sum + power;
    }
    return V::All(1) / sum;
}

enum class RungeKutta { First, Middle, Last };

// One stage for all outputs, from the largest z of this stage to that of the next.
template <RungeKutta Kind, class V>
V Advance(const Layer<V>& layer, const typename V::Element* rates, const typename V::Element* targets, V largest,
          double weight, double left, double advance) {
    constexpr int row = V::Count;
    const V inverse = Exponentials(layer, largest);
    const V zero = V::All(0);
    const V quiescent = V::All(layer.errorQuiescent);
    const V weights = V::All(weight);
    const V moment = V::All(weight * left);
    const V ahead = V::All(advance);
    for (int o = 0; o < layer.outputs; o++) {
        auto* output = layer.Output(o);
        const V error = V::Load(output + Activation * row) * inverse - V::All(targets[o]);
        const V positive = Max(error, zero);
        const V ep = positive + quiescent;
        const V en = positive - error + quiescent;
        const V slope = Fma(V::Load(rates + o * 2 * row), ep,
                            Fma(V::Load(rates + (o * 2 + 1) * row), en, V::Load(output + Drift * row)));
        Fma(weights, ep, V::Load(output + ErrorP * row)).Store(output + ErrorP * row);
        Fma(weights, en, V::Load(output + ErrorN * row)).Store(output + ErrorN * row);
        Fma(moment, ep + en, V::Load(output + Lead * row)).Store(output + Lead * row);
        const V sum = Kind == RungeKutta::First ? slope : Fma(weights, slope, V::Load(output + Slope * row));
        const V y = Fma(ahead, Kind == RungeKutta::Last ? sum : slope, V::Load(output + Y * row));
        sum.Store(output + Slope * row);
        if (Kind == RungeKutta::Last)
            y.Store(output + Y * row);
        largest = Activate(output, y, largest, o == 0);
    }
    return largest;
}

template <class V>
V BeginStep(const Layer<V>& layer) {
    constexpr int row = V::Count;
    const V zero = V::All(0);
    V largest = zero;
    for (int o = 0; o < layer.outputs; o++) {
        auto* output = layer.Output(o);
        for (int cleared : {ErrorP, ErrorN, Lead})
            zero.Store(output + cleared * row);
        largest = Activate(output, V::Load(output + Y * row), largest, o == 0);
    }
    return largest;
}

template <class V>
void EndStep(const Layer<V>& layer, double h) {
    constexpr int row = V::Count;
    const V scale = V::All(h / 6);
    const V tiny = V::All(1e-30);
    for (int o = 0; o < layer.outputs; o++) {
        auto* output = layer.Output(o);
        const V sumP = V::Load(output + ErrorP * row);
        const V sumN = V::Load(output + ErrorN * row);
        (V::Load(output + Lead * row) / (sumP + sumN + tiny)).Store(output + Lead * row);
        (sumP * scale).Store(output + ErrorP * row);
        (sumN * scale).Store(output + ErrorN * row);
    }
}

template <class V>
void SolveOutputs(const Layer<V>& layer, int example) {
    const auto* rates = layer.RatesOf(example);
    const auto* targets = layer.TargetsOf(example);
    const int substeps = layer.substeps[example];
    const double h = 1.0 / substeps;
    V z = BeginStep(layer);
    for (int j = 0; j < substeps; j++) {
        z = Advance<RungeKutta::First>(layer, rates, targets, z, 1, 1 - j * h, h / 2);
        z = Advance<RungeKutta::Middle>(layer, rates, targets, z, 2, 1 - (j + 0.5) * h, h / 2);
        z = Advance<RungeKutta::Middle>(layer, rates, targets, z, 2, 1 - (j + 0.5) * h, h);
        z = Advance<RungeKutta::Last>(layer, rates, targets, z, 1, 1 - (j + 1) * h, h / 6);
    }
    EndStep(layer, h);
}

// ---- An epoch -----------------------------------------------------------------------------------------------------

// The rates of an example come from memory, not from a cache: they are asked for a sweep ahead.
template <class V>
void PrefetchRates(const Layer<V>& layer, int example) {
    const auto* rates = layer.RatesOf(example);
    for (int row = 0; row < layer.outputs * 2; row++)
        _mm_prefetch(reinterpret_cast<const char*>(rates + row * V::Count), _MM_HINT_T0);
    _mm_prefetch(reinterpret_cast<const char*>(layer.TargetsOf(example)), _MM_HINT_T0);
}

template <class V>
void TrainEpoch(const Layer<V>& layer) {
    const typename V::Element* previous = nullptr;
    for (int example : layer.order) {
        const auto* current = layer.Polar(example);
        PrefetchRates(layer, example);
        if (previous == nullptr)
            Sweep<Sweeping::Read>(layer, current, current);
        else
            Sweep<Sweeping::UpdateAndRead>(layer, previous, current);
        previous = current;
        SolveOutputs(layer, example);
    }
    if (previous != nullptr)
        Sweep<Sweeping::Update>(layer, previous, previous);
}

// The two halves of each weight, [weight][2][lane].
template <class V>
void WriteHalves(const Layer<V>& layer, const std::string& path) {
    using T = typename V::Element;
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr)
        throw std::runtime_error("cannot write " + path);
    for (const T* w = layer.weights.data; w < layer.weights.data + layer.weights.count; w += WeightRows * V::Count)
        std::fwrite(w, sizeof(T), 2 * V::Count, file);
    if (std::fclose(file) != 0)
        throw std::runtime_error("cannot write " + path);
}

template <class V>
void Train(const Header& header, std::FILE* file, const std::string& destination, int repetitions) {
    const Layer<V> layer(header, file);
    const auto& weights = layer.weights;
    const std::vector<typename V::Element> start(weights.data, weights.data + weights.count);
    for (int r = 0; r < repetitions; r++) {
        std::copy(start.begin(), start.end(), weights.data);
        const double began = Seconds();
        TrainEpoch(layer);
        std::printf("%.9f\n", Seconds() - began);
    }
    WriteHalves(layer, destination);
}

void TrainDump(const std::string& source, const std::string& destination, int repetitions) {
    std::FILE* file = std::fopen(source.c_str(), "rb");
    if (file == nullptr)
        throw std::runtime_error("cannot read " + source);
    Header header;
    Read(file, &header, 1);
    if (header.magic != Magic || header.lanes * header.elementSize != 64)
        throw std::runtime_error(source + " is not a dump for this program");
    if (header.elementSize == sizeof(float))
        Train<Singles>(header, file, destination, repetitions);
    else
        Train<Doubles>(header, file, destination, repetitions);
    std::fclose(file);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::string command = argc > 1 ? argv[1] : "";
        if (command == "train" && argc == 5)
            TrainDump(argv[2], argv[3], std::stoi(argv[4]));
        else if (command == "machine")
            MeasureMachine();
        else
            throw std::runtime_error("usage: kernel train DUMP WEIGHTS REPETITIONS | kernel machine");
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "kernel: %s\n", e.what());
        return 1;
    }
}
