using YieldLab.Cli.Commands;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Pages;
using YieldLab.Reports.Pages.Sections;
using YieldLab.Studies;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Pages;

/// <summary>A report of a stored run.</summary>
/// <param name="Html">The file.</param>
/// <param name="Figures">Its pictures.</param>
internal sealed record Report(string Html, IReadOnlyList<Figure> Figures)
{
    /// <summary>Makes a report.</summary>
    /// <exception cref="IOException">No run is there, or it cannot answer what is asked.</exception>
    /// <exception cref="YieldLab.Studies.StudyException">A metric is unknown, or what is added cannot be shown.</exception>
    public static Report Of(ReportRequest request)
    {
        // What may be refused comes before the work.
        Block[] added = [.. request.Added.Index().SelectMany(file => AddedResult.Of(file.Item, file.Index + 1))];
        using RunFolder folder = RunFolder.Open(request.Run);
        StoredRun run = StoredRun.ReadManifest(folder);
        ReportQuestion asked = Question(request, run);
        IReadOnlyList<SweepPoint>? sweep =
            run.Swept.Count == 0 ? null : SweepPoint.Of(folder, run, asked.Yields, asked.Metrics);
        StoredPointDies stored = Shared.Stored(
            request.Run,
            sweep is null ? request.Point : request.Point ?? SweepSection.Lowest(sweep).Number
        );
        stored = stored with { Dies = stored.Dies.Keeping() };
        var replay = new Replay(stored, request.Study);
        if (request.Study is not null && replay.Problem() is { } problem)
            throw new StudyException($"--study {request.Study}: {problem}");
        Section what = folder.Understand(_ => RunSection.Of(stored, replay.File));
        var page = new Page(
            $"Yield report: {run.Name}",
            Lead(stored, replay),
            [
                .. sweep is null
                    ? []
                    : new[] { SweepSection.Of(stored, sweep, asked, isChosen: request.Point is not null) },
                .. Sections(stored, asked, replay),
                .. added.Length == 0 ? [] : new[] { new Section("added", "Other results", added) },
                what,
            ],
            $"Made by yieldlab report from {request.Run}. This file needs no other, no network and no script."
        );
        return new(page.Html(), page.Figures);
    }

    private static Section[] Sections(StoredPointDies stored, ReportQuestion asked, Replay replay) =>
        Together.Select<Func<Section>, Section>(
            [
                () => YieldSection.Of(stored, asked),
                () => DistributionSection.Of(stored, asked),
                () => TrendSection.Of(stored, asked),
                () => LearningSection.Of(stored, asked),
                () => ContributionSection.Of(stored, asked, replay),
                () => WorstSection.Of(stored, asked, replay.Problem() is null ? replay.Line : null, replay.Problem()),
            ],
            make => make()
        );

    private static ReportQuestion Question(ReportRequest request, StoredRun run)
    {
        Column[] known = [.. run.Description.Dies.Where(column => column.IsMetric)];
        string[] usual = [.. run.Description.Specs.Select(spec => spec.Metric)];
        // Without a specification those of which the ideal algorithm tells how good they could be.
        string[] main = [.. run.Ideal(run.Description.Points[0]).Select(metric => metric.Key)];
        return new(
            request.Yields,
            Shared.Metrics(
                known,
                request.Metrics.Count > 0 ? request.Metrics
                    : usual.Length > 0 ? usual
                    : main
            ),
            request.Target
        );
    }

    private static string Lead(StoredPointDies stored, Replay replay)
    {
        string dies =
            stored.Point.Name.Length == 0
                ? FigureText.Dies(stored.Dies.Indices.Length)
                : $"a sweep of {stored.Run.Description.Points.Count} points";
        string? about = replay.File is null ? null : replay.Study.File.Study.Description;
        // A study's words may name another number of dies.
        return string.IsNullOrEmpty(about)
            ? $"This run: {dies}."
            : $"The study: {about.TrimEnd('.')}. This run: {dies}.";
    }
}
