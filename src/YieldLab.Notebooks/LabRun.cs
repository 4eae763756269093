using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Notebooks.Showing;
using YieldLab.Reports;
using YieldLab.Reports.Learning;
using YieldLab.Reports.Shapes;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Notebooks;

/// <summary>A stored run of a study, or a point of its sweep. A cell that ends in one shows its yields.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class LabRun : IShown
{
    private static readonly double[] Shares = [0.01, 0.05, 0.5, 0.95, 0.99];

    private readonly Lazy<YieldReport> _report;

    internal LabRun(StoredPointDies stored)
    {
        Stored = stored;
        _report = new(() => YieldReport.Of(stored, new()));
    }

    /// <summary>The dies and what they are dies of, for all that the other libraries can ask of them.</summary>
    public StoredPointDies Stored { get; }

    /// <summary>Yields and what bounds them; see there.</summary>
    public YieldReport Report => _report.Value;

    /// <summary>Folder of the run.</summary>
    public string Folder => Stored.Run.Path;

    /// <summary>Number of dies.</summary>
    public int Dies => Stored.Dies.Indices.Length;

    /// <summary>What a die must keep.</summary>
    public IReadOnlyList<Spec> Specs => Stored.Run.Description.Specs;

    /// <summary>The yield of each specification and of all together, with intervals.</summary>
    public ShownTable Yields =>
        new(
            $"{Stored.Run.Name}: {Dies} dies",
            ["specification", "passed", "yield", $"{Told.Share(Report.Confidence.Confidence)} interval"],
            [
                .. Report
                    .Yields.Select(yield => yield.Estimate)
                    .Select(yield =>
                        new[]
                        {
                            yield.Name,
                            $"{yield.Passed} of {yield.Total}",
                            Told.Percent(yield.Value),
                            Told.Percents(yield.Interval.Lower, yield.Interval.Upper),
                        }
                    ),
            ]
        );

    /// <summary>Quantiles of metrics over the dies that have a result.</summary>
    /// <param name="names">Metrics; none: all.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public ShownTable Quantiles(params IReadOnlyList<string> names) =>
        new(
            $"{Stored.Run.Name}: quantiles over {Dies} dies",
            ["metric", .. Shares.Select(Told.Share)],
            [.. (names.Count == 0 ? Stored.Metrics : names.Select(Metric)).Select(Row)]
        );

    /// <summary>A column of the stored table, die by die: NaN where a die has nothing there.</summary>
    /// <param name="column">Such as "accuracy" or "temperature_c".</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Values(string column) => Stored.Dies.Reals(column);

    /// <summary>Whether each die keeps all specifications.</summary>
    public bool[] Passed => Stored.Dies.Truths(DieTable.Pass);

    /// <summary>The picture of the yields.</summary>
    /// <param name="target">Yield that is wanted, in [0, 1]; null for none.</param>
    public ShownFigure YieldFigure(double? target = null) => new(Reports.Figures.YieldFigure.Of(Report.Yields, target));

    /// <summary>The picture of how a metric is distributed over the dies, with the limits of its specifications.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public ShownFigure DistributionFigure(string metric) =>
        new(
            Reports.Figures.DistributionFigure.Of(
                MetricShape.Of(Stored, Metric(metric), new(ShapeQuestion.AllFamilies)),
                Specs
            )
        );

    /// <summary>The picture of a metric against another column of the same dies.</summary>
    /// <param name="metric">Such as "cross_entropy".</param>
    /// <param name="by">A column of numbers, such as "temperature_c".</param>
    /// <exception cref="ArgumentException">There is no such metric or column.</exception>
    public ShownFigure TrendFigure(string metric, string by) =>
        new(
            Reports.Figures.TrendFigure.Of(
                Stored,
                Metric(metric),
                Find(Stored.Run.Description.Dies.Where(column => column.Type == ColumnType.Real), by, "column")
            )
        );

    /// <summary>The picture of how dies learn, epoch by epoch, of a study with <c>output: { epochs: on }</c>.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public ShownFigure LearningFigure(string metric) =>
        new(Reports.Figures.LearningFigure.Of(Metric(metric), EpochQuantiles.Of(Stored, Metric(metric)), Specs));

    /// <summary>The picture of which cells and conditions a metric's variance comes from. The run's study must be where it
    /// was; no die is trained again.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or all dies have the same.</exception>
    /// <exception cref="StudyException">The study is gone or another, or the dies are too few.</exception>
    public ShownFigure ContributionFigure(string metric)
    {
        StudyContributions found = StudyContributions.Of(
            StoredStudy.Of(Stored.Run, Stored.Point),
            Stored.Dies,
            [Metric(metric)],
            [],
            Report.Confidence.Confidence,
            Environment.ProcessorCount
        );
        Contributions split =
            found.Outputs[0].Split
            ?? throw new ArgumentException($"{metric}: all dies, or nearly all, have the same: nothing varies");
        return new(
            Reports.Figures.ContributionFigure.Of(
                metric,
                [.. found.Inputs.Select(input => input.Name), .. found.Groups.Select(group => group.Name)],
                [.. split.Inputs, .. split.Groups]
            )
        );
    }

    /// <summary>A metric by its name.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public Column Metric(string name) => Find(Stored.Metrics, name, "metric");

    /// <inheritdoc/>
    public string ToHtml() => Yields.ToHtml();

    /// <inheritdoc/>
    public override string ToString() => Yields.ToString();

    private Column Find(IEnumerable<Column> columns, string name, string kind) =>
        columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException(
            $"there is no {kind} '{name}' in {Folder}; expected one of {string.Join(", ", columns.Select(column => column.Name))}"
        );

    private string[] Row(Column metric)
    {
        double[] ascending = [.. Stored.Dies.Metric(metric).Where(value => !double.IsNaN(value)).Order()];
        return
        [
            metric.Name,
            .. Shares.Select(share =>
                Told.Number(ascending.Length == 0 ? double.NaN : Quantile.OfSorted(ascending, share))
            ),
        ];
    }
}
