namespace YieldLab.Circuits.Accelerators;

/// <summary>The arithmetic on a batch of dies, independent of the vector width that does it.</summary>
internal unsafe interface ISgdrKernel<T>
    where T : unmanaged
{
    /// <summary>Works out what stays the same for all epochs; called when a batch is loaded.</summary>
    void Prepare(in LayerView<T> layer, SignalSet<T> examples, StepPlan plan);

    /// <summary>One pass over the training set, stepped by the plan.</summary>
    void TrainEpoch(in LayerView<T> layer, SignalSet<T> examples, ReadOnlySpan<int> order, StepPlan plan);

    /// <summary>Adds a presentation's shot noise to the half weights.</summary>
    /// <param name="layer">The batch; its <see cref="LayerView{T}.Noise"/> has the half weights at the start of the
    /// presentation and standard normals, and afterwards the noisy half weights in place of the first.</param>
    /// <param name="steps">Steps of a presentation.</param>
    void AddNoise(in LayerView<T> layer, int steps);

    /// <summary>Works out what the forward multipliers make of the weights, for <see cref="Predict"/>.</summary>
    /// <param name="layer">The batch.</param>
    /// <param name="held">Whether the biases have been off for the time of <see cref="LayerView{T}.Hold"/>, so that only
    /// leakage acted; else the weights are as trained.</param>
    void Fold(in LayerView<T> layer, bool held);

    /// <summary>Predictions of every example, [example][output][lane], from <see cref="LayerView{T}.Folded"/>.</summary>
    void Predict(in LayerView<T> layer, SignalSet<T> examples, T* predictions);

    /// <summary>How fast a half of a weight relaxes, in a step: the larger of its two halves.</summary>
    double Relaxation(in LayerView<T> layer, int weight, int lane);
}

/// <summary>How many rows of a batch's memory a kernel needs beside those of every kernel.</summary>
/// <param name="Weight">For each weight.</param>
/// <param name="Rates">In all.</param>
/// <param name="RateFactors">For each weight.</param>
/// <param name="Output">For each output.</param>
/// <param name="Input">For each input.</param>
/// <param name="Scratch">For each input.</param>
internal readonly record struct KernelRows(int Weight, nint Rates, int RateFactors, int Output, int Input, int Scratch)
{
    public static KernelRows Of(AcceleratorModel model, int examples)
    {
        nint rates = (nint)model.Shape.Outputs * 2;
        return model.Fidelity == Fidelity.Ekv
            ? new(EkvRow.Count, rates, 0, EkvOutputRow.Count, EkvInputRow.Count, EkvScratch<float>.Count)
            : new(WeightRow.Count, rates * examples, 6, 0, 0, 0);
    }
}
