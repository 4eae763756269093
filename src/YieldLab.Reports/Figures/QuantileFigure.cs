using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports.Shapes;

namespace YieldLab.Reports.Figures;

/// <summary>Draws the quantiles of a metric against those of the normal law: dies of a normal metric lie along a line, nearly
/// all of them within the band about it.</summary>
public static class QuantileFigure
{
    // Dies of the ends that are all drawn; of the others each die so many parts of its distance from the end farther.
    private const int Ends = 60;
    private const double Parts = 25;
    private const int BandPlaces = 80;

    private static readonly double[] Told = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

    private sealed record NormalFit(double Mean, double Deviation)
    {
        /// <summary>Null where nothing varies.</summary>
        public static NormalFit? Of(double[] ascending)
        {
            if (ascending.Length < 2 || ascending[0] == ascending[^1])
                return null;
            double mean = ascending.Average();
            double squares = ascending.Sum(value => (value - mean) * (value - mean));
            return new(mean, Math.Sqrt(squares / (ascending.Length - 1)));
        }
    }

    private readonly record struct Quantile(long Rank, double Value, NormalBand Band);

    /// <summary>The picture of the values of a metric.</summary>
    /// <param name="values">Finite values, sorted.</param>
    public static Figure Of(MetricValues values)
    {
        double[] ascending = values.Ascending;
        NormalFit? fit = NormalFit.Of(ascending);
        Quantile[] quantiles = [.. Ranks(ascending.Length).Select(rank => At(ascending, rank))];
        return new(
            $"quantiles-{values.Column.Name}",
            $"Quantiles of {values.Column.Name} against the normal law",
            string.Join(" ", Sentences(values, quantiles, fit)),
            Table(values.Column, ascending, fit),
            new(Drawing.UsualHeight, plot => Draw(plot, values, quantiles, fit))
        );
    }

    private static Quantile At(double[] ascending, long rank) =>
        new(rank, ascending[rank - 1], NormalBand.Of(rank, ascending.Length));

    // All of the ends, and of the rest as many as one can tell apart.
    private static IEnumerable<long> Ranks(long dies)
    {
        long last = 0;
        for (long rank = 1; rank <= dies; rank++)
            if (Math.Min(rank, dies - rank) is var depth && (depth < Ends || rank - last >= depth / Parts))
                yield return last = rank;
    }

    private static void Draw(Plot plot, MetricValues values, Quantile[] quantiles, NormalFit? fit)
    {
        AxisScale scale = AxisScale.Of(values.Column, quantiles.Select(quantile => quantile.Value));
        double[] xs = [.. quantiles.Select(quantile => quantile.Band.Expected)];
        double[] ys = [.. quantiles.Select(quantile => scale.Factor * quantile.Value)];
        plot.XAxis(Span.Around(xs), "standard normal quantile (sigma)");
        plot.YAxis(Span.Around(ys, 0.08), scale.Label(values.Column, AxisScale.Upwards));
        if (fit is not null)
            DrawLaw(plot, quantiles, fit, scale.Factor);
        plot.AddDots(
            xs,
            ys,
            Palette.First,
            quantiles.Length < values.Ascending.Length ? "die (all at the ends, some between)" : "die"
        );
        plot.ShowKey();
    }

    private static void DrawLaw(Plot plot, Quantile[] quantiles, NormalFit fit, double factor)
    {
        double At(double z) => factor * (fit.Mean + z * fit.Deviation);
        int every = Math.Max(1, quantiles.Length / BandPlaces);
        Quantile[] places =
        [
            .. quantiles.Where((_, i) => i < Ends / 3 || i >= quantiles.Length - Ends / 3 || i % every == 0),
        ];
        double[] xs = [.. places.Select(place => place.Band.Expected)];
        plot.AddBand(
            xs,
            [.. places.Select(place => At(place.Band.Lower))],
            [.. places.Select(place => At(place.Band.Upper))],
            Palette.Second,
            "95 % band of each die"
        );
        plot.AddCurve([xs[0], xs[^1]], [At(xs[0]), At(xs[^1])], Palette.Second, "normal law");
    }

    private static IEnumerable<string> Sentences(MetricValues values, Quantile[] quantiles, NormalFit? fit)
    {
        string Value(double value) => FigureText.Quantity(value, values.Column.Unit);
        string dies = FigureText.Dies(values.Ascending.Length);
        if (fit is null)
            yield return $"{values.Column.Name} of {dies} does not vary, so no law is drawn.";
        else
        {
            yield return $"Quantiles of {values.Column.Name} of {dies} against a normal law with the mean {Value(fit.Mean)} and the standard deviation {Value(fit.Deviation)}.";
            yield return $"Outside of the band: {FigureText.Count(Outside(quantiles, fit))} of the {FigureText.Dies(quantiles.Length)} that are drawn.";
            yield return $"The band is of each die alone, {FigureText.Exact(NormalBand.Confidence)} for independent dies of a law with a known mean and standard deviation; where, as here, both are of the same dies, more lie inside of it.";
            yield return $"The smallest is {Sigmas(quantiles[0], fit)} and the largest {Sigmas(quantiles[^1], fit)}.";
        }
        if (values.Dies > values.Ascending.Length)
            yield return $"Left out of the picture: {FigureText.Dies(values.Dies - values.Ascending.Length)} without a finite value.";
    }

    private static int Outside(Quantile[] quantiles, NormalFit fit) =>
        quantiles.Count(q => Sigma(q, fit) < q.Band.Lower || Sigma(q, fit) > q.Band.Upper);

    private static double Sigma(Quantile quantile, NormalFit fit) => (quantile.Value - fit.Mean) / fit.Deviation;

    private static string Sigmas(Quantile quantile, NormalFit fit) =>
        $"{FigureText.Sigma(Sigma(quantile, fit))} sigma from the mean, where {FigureText.Sigma(quantile.Band.Expected)} is expected";

    private static FigureTable Table(Column metric, double[] ascending, NormalFit? fit)
    {
        IEnumerable<double> shares = ascending.Length == 0 ? [] : Told;
        return new(
            ["share of dies below", FigureText.Head(metric.Name, metric.Unit), "normal law"],
            [
                .. shares.Select(share =>
                    (string[])
                        [
                            FigureText.Percent(share),
                            FigureText.Number(Statistics.Estimation.Quantile.OfSorted(ascending, share)),
                            fit is null ? "-" : FigureText.Number(Normal(fit, share)),
                        ]
                ),
            ]
        );
    }

    private static double Normal(NormalFit fit, double share) =>
        fit.Mean + fit.Deviation * Statistics.Random.NormalQuantile.At(share);
}
