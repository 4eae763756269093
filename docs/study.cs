#:project ../src/YieldLab.Reports/YieldLab.Reports.csproj
#:project ../src/YieldLab.Studies/YieldLab.Studies.csproj
// Runs a study, prints its yields and draws pictures of them: dotnet run docs/study.cs studies/quickstart.yaml build/study
using YieldLab.Reports;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Shapes;
using YieldLab.Reports.Yields;
using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

if (args is not [var file, var folder, .. var settings])
    return Fail(
        "expected a study, a folder and perhaps settings, such as studies/quickstart.yaml build/study samples=200"
    );
try
{
    // A study and what is changed in it; all of it is checked before the first die.
    StudySweep sweep = StudySweep.Read(file, [.. settings.Select(setting => new StudyChange(setting, setting))], []);
    int threads = Environment.ProcessorCount;
    using (StudyRun run = StudyRun.Open(StudyPlan.Of(sweep, threads), folder, new RunMode()))
        run.Run(threads);

    // From here on the stored dies are all that is needed.
    StoredPointDies dies = StoredPointDies.Open(folder);
    YieldReport report = YieldReport.Of(dies, new YieldQuestions());
    foreach (var yield in report.Yields.Select(yield => yield.Estimate))
        Console.WriteLine(
            $"{yield.Name}: {yield.Passed} of {yield.Total} dies, {100 * yield.Value:0.0} % ({100 * yield.Interval.Lower:0.0} to {100 * yield.Interval.Upper:0.0} %)"
        );

    Figure[] figures =
    [
        YieldFigure.Of(report.Yields),
        .. report.Capabilities.Select(metric => Distribution(dies, metric.Column)),
    ];
    foreach (Figure figure in figures)
    {
        string picture = Path.Combine(folder, $"{figure.Name}.svg");
        File.WriteAllText(picture, figure.Svg());
        Console.WriteLine($"{picture}: {figure.Description}");
    }
    return 0;
}
catch (Exception e) when (e is StudyException or IOException)
{
    return Fail(e.Message);
}

static Figure Distribution(StoredPointDies dies, YieldLab.MonteCarlo.Runs.Column metric) =>
    DistributionFigure.Of(
        MetricShape.Of(dies, metric, new ShapeQuestion(ShapeQuestion.AllFamilies)),
        dies.Run.Description.Specs
    );

static int Fail(string message)
{
    Console.Error.WriteLine($"study: {message}");
    return 1;
}
