using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>How good predictions are. All arrays are [example][output].</summary>
public static class Quality
{
    /// <summary>Share of examples whose largest probability is that of the right class; of equal ones the first counts.</summary>
    public static double Accuracy(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int outputs)
    {
        int right = 0;
        for (int e = 0; e < predictions.Length; e += outputs)
            if (Largest(predictions.Slice(e, outputs)) == Largest(targets.Slice(e, outputs)))
                right++;
        return right * (double)outputs / predictions.Length;
    }

    /// <summary>Mean of -ln of the probability given to the right class, in nats.</summary>
    public static double CrossEntropy(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int outputs)
    {
        double sum = 0;
        for (int e = 0; e < predictions.Length; e += outputs)
            sum -= Elementary.Log(Math.Max(predictions[e + Largest(targets.Slice(e, outputs))], 1e-300));
        return sum * outputs / predictions.Length;
    }

    /// <summary>Mean square difference of two arrays.</summary>
    public static double MeanSquare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum / a.Length;
    }

    /// <summary>Coefficient of determination R^2 = 1 - (squared error)/(squared deviation from the mean); may be
    /// negative.</summary>
    public static double RSquared(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets)
    {
        double mean = 0;
        foreach (double t in targets)
            mean += t / targets.Length;
        double variance = 0;
        foreach (double t in targets)
            variance += (t - mean) * (t - mean) / targets.Length;
        return 1 - MeanSquare(predictions, targets) / variance;
    }

    /// <summary>Bits of a quantizer of full scale 1 with the same root mean square error: log2(1/(sqrt(12) rms)).</summary>
    public static double EffectiveBits(double meanSquareError) =>
        -0.5 * Elementary.Log(12 * meanSquareError) / Elementary.Log(2);

    private static int Largest(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best])
                best = i;
        return best;
    }
}
