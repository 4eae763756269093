#:project ../src/YieldLab.Studies/YieldLab.Studies.csproj
// Prints the tables of docs/fidelity.md: dotnet run -c Release docs/fidelity.cs [speed] [unit] [gain] [STUDY.yaml ...]
using System.Diagnostics;
using System.Globalization;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

const int Batches = 2;

// Largest inversion coefficients of the unit current that are looked at.
double[] inversions = [1e-4, 1e-3, 0.01, 0.1, 1];

// The gain current goes with 1/Ts.
string[] presentationTimes = ["1 us", "300 ns", "100 ns", "30 ns"];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] named = [.. args.Where(argument => argument.EndsWith(".yaml", StringComparison.Ordinal))];
string[] studies =
    named.Length > 0 ? named : [.. Directory.GetFiles("studies", "*.yaml").Order(StringComparer.Ordinal)];
if (Asked("speed"))
    PrintSpeed();
if (Asked("unit"))
    PrintDifferences();
if (Asked("gain"))
    PrintGains();

bool Asked(string table) =>
    args.All(argument => argument.EndsWith(".yaml", StringComparison.Ordinal)) || args.Contains(table);

void PrintSpeed()
{
    Console.WriteLine("| study | weak-inversion, dies/s | steps | ekv, dies/s | steps | ratio |");
    Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
    foreach (string path in studies)
    {
        using var weak = new Race(Study(path, "fidelity=weak-inversion"));
        using var ekv = new Race(Study(path, "fidelity=ekv"));
        // In turn, so that both meet the same neighbours on the machine; the best of each counts.
        for (int round = 0; round < 3; round++)
        {
            weak.Run();
            ekv.Run();
        }
        Console.WriteLine(
            $"| {Name(path)} | {weak.Best:0} | {weak.Steps} | {ekv.Best:0} | {ekv.Steps} | {weak.Best / ekv.Best:0.0} |"
        );
    }
    Console.WriteLine();
}

void PrintHead()
{
    Console.WriteLine(
        "| study | Iu/IS | IG/IS | outputs: median | 95 % | rms | weights: median | 95 % | metric: weak | ekv | pass: weak | ekv |"
    );
    Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
}

void PrintDifferences()
{
    PrintHead();
    foreach (string path in studies)
    foreach (double inversion in inversions)
        PrintDifference(path, [UnitCurrent(Study(path), inversion)]);
    Console.WriteLine();
}

void PrintGains()
{
    PrintHead();
    foreach (string path in studies)
    foreach (string time in presentationTimes)
        PrintDifference(path, [UnitCurrent(Study(path), 1e-3), $"training.presentation_time={time}"]);
    Console.WriteLine();
}

void PrintDifference(string path, string[] changes)
{
    PreparedStudy study = Study(path, [.. changes, "fidelity=weak-inversion"]);
    Trained weak = Train(study);
    Trained ekv = Train(Study(path, [.. changes, "fidelity=ekv", "training.max_steps=256"]));
    Console.WriteLine(
        $"| {Name(path)} | {Inversion(study, BiasCurrent.Unit):g2} | {Inversion(study, BiasCurrent.Gain):g2} | {Compare(weak.Outputs, ekv.Outputs)} | {Rms(weak.Outputs, ekv.Outputs):g3} | {Compare(weak.Weights, ekv.Weights)} | {weak.Metrics.Average():0.0000} | {ekv.Metrics.Average():0.0000} | {weak.Passed} | {ekv.Passed} |"
    );
}

// Median and 95 % quantile of the differences, in per cent of full scale.
static string Compare(double[] a, double[] b)
{
    double[] differences = [.. a.Zip(b, (x, y) => 100 * Math.Abs(x - y)).Order()];
    return $"{Quantile.OfSorted(differences, 0.5):g3} | {Quantile.OfSorted(differences, 0.95):g3}";
}

static double Rms(double[] a, double[] b) => 100 * Math.Sqrt(Quality.MeanSquare(a, b));

// The setting at which the largest Iu/IS over the study's temperatures is this one.
static string UnitCurrent(PreparedStudy study, double inversion) =>
    $"design.unit_current={study.Model.Design.UnitCurrent * inversion / Inversion(study, BiasCurrent.Unit):r} A";

// The largest inversion coefficient over the study's temperatures.
static double Inversion(PreparedStudy study, BiasCurrent current)
{
    var (low, high) = study.Silicon.Temperature.Extent;
    return new[] { low, high }.Max(kelvin => study.Model.Inversions(kelvin).Single(c => c.Current == current).Value);
}

static PreparedStudy Study(string path, params string[] changes) => PreparedStudy.Of(StudyFile.Read(path, changes));

static string Name(string path) => Path.GetFileNameWithoutExtension(path);

// The first dies of a study, in steps that resolve all of them.
static Trained Train(PreparedStudy study)
{
    var outputs = new List<double>();
    var weights = new List<double>();
    var metrics = new List<double>();
    for (int number = 0; number < Batches; number++)
    {
        StepPlan plan = study.Plan;
        while (!TryTrain(study, plan, number, outputs, weights, metrics))
            plan = plan.Finer;
    }
    Spec spec = study.File.Study.Specs[0];
    return new([.. outputs], [.. weights], [.. metrics], metrics.Count(spec.IsMetBy));
}

static bool TryTrain(
    PreparedStudy study,
    StepPlan plan,
    int number,
    List<double> outputs,
    List<double> weights,
    List<double> metrics
)
{
    AcceleratorModel model = study.Model;
    var training = new SignalSet<float>(study.Problem.Train, model.Design.InputQuiescent);
    using var batch = new LayerBatch<float>(model, training, plan);
    int lanes = LayerBatch<float>.Lanes;
    long first = (long)number * lanes;
    batch.Load(study.Errors(Dies(first)), study.Errors(Dies(first + 8)));
    foreach (int[] order in study.Problem.Orders)
    {
        batch.TrainEpoch(order);
        if (Enumerable.Range(0, lanes).Any(lane => batch.Fault(lane) is not null))
            return false;
    }
    float[] rows = [.. batch.Predict(new(study.Problem.Test, model.Design.InputQuiescent))];
    int metric = TaskMetrics.IndexOf(model.Task, study.File.Study.Specs[0].Metric);
    for (int lane = 0; lane < lanes; lane++)
    {
        double[] predictions = [.. rows.Where((_, i) => i % lanes == lane).Select(value => (double)value)];
        outputs.AddRange(predictions);
        for (int w = 0; w < model.Shape.Weights; w++)
            weights.Add(batch.Weight(lane, WeightHalf.P, w) - batch.Weight(lane, WeightHalf.N, w));
        metrics.Add(
            TaskMetrics.Values(
                model.Task,
                predictions,
                study.Problem.Test.T,
                model.Shape.Outputs,
                study.Problem.TargetUnit
            )[metric]
        );
    }
    return true;
}

static long[] Dies(long first) => [.. Enumerable.Range(0, 8).Select(i => first + i)];

/// <summary>What a study's first dies became.</summary>
internal sealed record Trained(double[] Outputs, double[] Weights, double[] Metrics, int Passed);

/// <summary>Runs a study's first dies on one thread as <c>yieldlab run</c> does, and keeps the best rate.</summary>
internal sealed class Race(PreparedStudy study) : IDisposable
{
    private const int Dies = 64;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.3);

    private readonly IDieModel _model = study.DieModel();
    private readonly IDieWorker _worker = study.DieModel().CreateWorker();
    private long _mostSteps;

    /// <summary>Dies per second of processor time.</summary>
    public double Best { get; private set; }

    /// <summary>Integration steps of all dies and of the one that needed most.</summary>
    public string Steps => $"{study.Plan.Steps}, {_mostSteps}";

    public void Run()
    {
        var rows = new RowBlock(DieTable.Columns(_model, study.File.Study.Specs), Dies);
        RowBlock? epochs = _model.EpochColumns.Count > 0 ? new(_model.EpochColumns, Dies * _model.EpochsPerDie) : null;
        TimeSpan start = Now;
        int runs = 0;
        for (; runs == 0 || Now - start < Least; runs++)
        for (int first = 0; first < Dies; first += _model.BatchSize)
            _worker.Run(first, _model.BatchSize, rows, first, epochs);
        Best = Math.Max(Best, runs * Dies / (Now - start).TotalSeconds);
        _mostSteps = rows.Integers("integration_steps").Max();
    }

    public void Dispose() => _worker.Dispose();

    private static TimeSpan Now => Process.GetCurrentProcess().TotalProcessorTime;
}
