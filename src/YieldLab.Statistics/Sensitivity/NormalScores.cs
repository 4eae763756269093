using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>Values by their ranks alone, as the normal quantiles of (rank - 1/2)/n; equal values share their mean rank.</summary>
public static class NormalScores
{
    /// <summary>The scores.</summary>
    /// <param name="values">Infinite ones count as the largest or smallest; NaN stays.</param>
    public static double[] Of(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
        Array.Sort(order, (a, b) => values[a].CompareTo(values[b]));
        double[] scores = [.. values.Select(_ => double.NaN)];
        for (int first = 0; first < order.Length; )
        {
            int end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            double score = NormalQuantile.At((first + end) / 2.0 / order.Length);
            for (; first < end; first++)
                scores[order[first]] = score;
        }
        return scores;
    }
}
