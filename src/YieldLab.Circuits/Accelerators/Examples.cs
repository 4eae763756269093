namespace YieldLab.Circuits.Accelerators;

/// <summary>A set of examples, scaled as the circuit sees them.</summary>
public sealed class Examples
{
    /// <param name="inputs">One row an example, without the constant bias input.</param>
    /// <param name="targets">One row an example: the K targets, one-hot for classes. Empty where targets are unknown.</param>
    /// <exception cref="ArgumentException">Rows of different length, or a number that is not finite.</exception>
    public Examples(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets)
    {
        Count = inputs.Count;
        Inputs = Count == 0 ? 1 : inputs[0].Length + 1;
        Outputs = targets.Count == 0 ? 0 : targets[0].Length;
        if (inputs.Any(row => row.Length != Inputs - 1) || targets.Any(row => row.Length != Outputs))
            throw new ArgumentException("All examples have the same number of inputs and of targets.");
        if (targets.Count != 0 && targets.Count != Count)
            throw new ArgumentException("Each example has its targets, or none has.");
        if (inputs.Concat(targets).SelectMany(row => row).Any(value => !double.IsFinite(value)))
            throw new ArgumentException("Inputs and targets are finite numbers.");
        X = [.. inputs.SelectMany(row => row.Append(1.0))];
        T = [.. targets.SelectMany(row => row)];
    }

    public int Count { get; }

    /// <summary>Number of inputs, the constant 1 at the end included.</summary>
    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Inputs, [example][input].</summary>
    public double[] X { get; }

    /// <summary>Targets, [example][output].</summary>
    public double[] T { get; }

    public ReadOnlySpan<double> Input(int example) => X.AsSpan(example * Inputs, Inputs);

    public ReadOnlySpan<double> Target(int example) => T.AsSpan(example * Outputs, Outputs);
}
