using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// The distribution of a test's statistic under a law whose parameters were fitted, by drawing from the fitted law, fitting
/// again and testing again (W. Stute, W. González Manteiga, M. Presedo Quindimil, Metrika 40 (1993) 243): for laws without
/// tables. Draws have addresses: the same values give the same probability.
/// </summary>
/// <remarks>Samples have as many values as there are, at most 2,000: by then the statistics have reached their limiting
/// law to a few per cent of the probability. Their number is 500,000 divided by that size, 199 to 999.</remarks>
public static class FitBootstrap
{
    /// <summary>Most values of a sample.</summary>
    public const int MostValues = 2000;

    private const int MostDraws = 500_000;
    private static readonly AddressedDraws Draws = new(20_240_601);
    private static readonly RandomStream Stream = new("inference/fit_bootstrap");

    /// <summary>Number of samples for so many values.</summary>
    public static int SamplesFor(int count) => Math.Clamp(MostDraws / Math.Min(count, MostValues), 199, 999);

    /// <summary>Probabilities of at least these statistics, each (1 + samples with a larger one)/(1 + samples).</summary>
    /// <param name="fit">Fitted to ungrouped values.</param>
    /// <param name="d">Kolmogorov and Smirnov's of the values.</param>
    /// <param name="a2">Anderson and Darling's of the values.</param>
    /// <returns>Null where the family cannot be fitted to a fifth of the samples or more.</returns>
    public static (double OfD, double OfA2, int Samples)? Of(FittedLaw fit, double d, double a2)
    {
        int size = Math.Min(fit.Count, MostValues);
        int samples = SamplesFor(fit.Count);
        double modified = Modified(fit.Count, d);
        int done = 0;
        int largerD = 0;
        int largerA = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            double[] values = Sample(fit.Law, sample, size);
            Array.Sort(values);
            if (MaximumLikelihood.Of(fit.Law.Family, values).Fit is not { } again)
                continue;
            done++;
            largerD += Modified(size, KolmogorovSmirnov.Statistic(values, again.Law)) >= modified ? 1 : 0;
            largerA += AndersonDarling.Statistic(values, again.Law) >= a2 ? 1 : 0;
        }
        return done < 0.8 * samples ? null : ((largerD + 1.0) / (done + 1), (largerA + 1.0) / (done + 1), done);
    }

    private static double Modified(int count, double d) => KolmogorovSmirnov.Modified(count, d, 0.12, 0.11);

    private static double[] Sample(Law law, int sample, int size)
    {
        var values = new double[size];
        if (law is BetaLaw beta)
        {
            var draw = new BetaDraw(Draws, Stream, sample);
            for (int i = 0; i < size; i++)
                values[i] = draw.Next(beta);
            return values;
        }
        for (int i = 0; i < size; i++)
            values[i] = law.Quantile(Draws.Uniform(Stream, sample, (uint)i));
        return values;
    }
}
