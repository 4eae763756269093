#:project ../src/YieldLab.Studies/YieldLab.Studies.csproj
// Prints every table of docs/paper.md: dotnet run -c Release docs/paper.cs
// With --quick it prints only the rows that take seconds, with the same numbers.
using System.Collections.Concurrent;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Costs;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

Table.Quick = args.Contains("--quick");
Nominal.Print();
Sizes.Print();
Sources.Print();
Kinds.Print();
Bits.Print();
Capacitors.Print();
Repeats.Print();
Resolutions.Print();
Rates.Print();
PresentationTimes.Print();
Costs.Print();

/// <summary>Claim 1, the circuit without any variation: outputs and weights against the ideal SGDr.</summary>
static class Nominal
{
    private static readonly string[] Studies = ["quickstart", "wine", "breast_cancer", "diabetes", "digits"];
    private static readonly double[] Inversions = [1e-3, 1e-2, 0.1, 1];

    public static void Print()
    {
        var errors = new Table(
            "Table 1. Nominal circuit: mean square error of the test outputs (of the weights) to the ideal SGDr, % of full scale squared, against the inversion Iu/IS",
            ["study", "weak inversion", .. Inversions.Select(inversion => $"EKV, {inversion:g}")]
        );
        errors.Fill(Studies, ["quickstart", "diabetes"], ErrorRow);
        var task = new Table(
            "Table 2. What the same circuits make of the task: accuracy or R^2, and mean square error to the targets in % of full scale squared",
            ["study", "ideal SGDr", .. Inversions.Select(inversion => $"EKV, {inversion:g}")]
        );
        task.Fill(Studies, ["quickstart", "diabetes"], TaskRow);
    }

    private static string[] ErrorRow(string study) =>
        [
            study,
            Errors(Lab.Nominal(study, Changes(study, "weak-inversion", Inversions[0]))),
            .. Inversions.Select(inversion => Errors(Lab.Nominal(study, Changes(study, "ekv", inversion)))),
        ];

    private static string[] TaskRow(string study)
    {
        NominalDie[] dies = [.. Inversions.Select(inversion => Lab.Nominal(study, Changes(study, "ekv", inversion)))];
        return
        [
            study,
            dies[0].Task(dies[0].Study.IdealPredictions),
            .. dies.Select(die => die.Task(die.Answer.Predictions)),
        ];
    }

    private static string Errors(NominalDie die) => $"{Text.Error(die.OutputError)} ({Text.Error(die.WeightError)})";

    private static string[] Changes(string study, string fidelity, double inversion)
    {
        StudyFile file = StudyFile.Read(Lab.Path(study));
        var size = file.Study.Design.Cells.Multiplier;
        double current = inversion * file.Card.Device.SpecificCurrent * size.Width / size.Length;
        string[] all =
        [
            $"fidelity={fidelity}",
            $"design.unit_current={current:g6} A",
            Lab.Only(),
            "specs=[mse_vs_ideal_percent <= 0.87]",
        ];
        // With all epochs, the transistor model of 650 weights takes minutes; one epoch of digits is 1258 presentations.
        return study == "digits" ? [.. all, "training.epochs=1"] : all;
    }
}

/// <summary>A die without variation.</summary>
sealed record NominalDie(PreparedStudy Study, DieAnswer Answer)
{
    public double OutputError => 100 * Quality.MeanSquare(Answer.Predictions, Study.IdealPredictions);

    public double WeightError => 100 * Quality.MeanSquare(Text.Weights(Answer), Study.Ideal.Weights);

    /// <summary>How well predictions of the test examples do the task.</summary>
    public string Task(double[] predictions)
    {
        double[] targets = Study.Problem.Test.T;
        double quality =
            Study.Model.Task == LearningTask.Softmax
                ? Quality.Accuracy(predictions, targets, Study.Model.Shape.Outputs)
                : Quality.RSquared(predictions, targets);
        return $"{quality:0.000}, {100 * Quality.MeanSquare(predictions, targets):g3}";
    }
}

/// <summary>Claim 1 over dies: how large must devices be?</summary>
static class Sizes
{
    /// <summary>Dies of the transistor model.</summary>
    public const int Count = 256;

    /// <summary>Dies in weak inversion, which cost a twentieth.</summary>
    public const int ManyCount = 2048;

    public static void Print()
    {
        foreach (Job job in Job.Shown)
        {
            var table = new Table(
                $"Table 3, {job.Name}. Dies with process, mismatch and leakage at 27 C, {Count} of EKV and {ManyCount} in weak inversion: error of the outputs to the ideal SGDr, and the yield of mse_vs_ideal_percent <= 0.87",
                [
                    "W x L um",
                    "EKV: median, 95 %",
                    "yield, 95 % interval",
                    "weak inversion: median, 95 %",
                    "yield, 95 % interval",
                    $"{job.Metric}: median, 5 % (ideal {job.Ideal})",
                ]
            );
            table.Fill([1, 2, 4, 6, 10, 20], [10], size => Row(job, size));
        }
    }

    private static string[] Row(Job job, double size)
    {
        Sample ekv = Lab.Run(Count, [.. job.Changes, Lab.Cells(size)]);
        Sample weak = Lab.Run(ManyCount, [.. job.Changes, Lab.Cells(size), "fidelity=weak-inversion"]);
        string task = $"{ekv.Quantile(job.Metric, 0.5):0.000}, {ekv.Quantile(job.Metric, 0.05):0.000}";
        return [$"{size:g} x {size:g}", Text.Spread(ekv), Yield(ekv), Text.Spread(weak), Yield(weak), task];
    }

    private static string Yield(Sample dies) => dies.Share(Lab.OutputError, error => error <= 0.87);
}

/// <summary>Which source of variation makes the error.</summary>
static class Sources
{
    private const int Count = 256;
    private const string Heat = "temperature={from: -40 C, to: 85 C, gradient: 2 K}";

    private const string Noise = "noise={shot: on}";
    private const string Converters = "converters={inputs: 8, targets: 8, readout: 8}";

    private static readonly (string Name, string[] Changes)[] All =
    [
        ("none", [Lab.Only()]),
        ("process (die to die)", [Lab.Only("process")]),
        ("mismatch", [Lab.Only("mismatch")]),
        ("leakage", [Lab.Only("leakage")]),
        ("temperature, -40 to 85 C", [Lab.Only("temperature"), Heat]),
        ("shot noise", [Lab.Only(), Noise]),
        ("converters of 8 bits", [Lab.Only(), Converters]),
        ("process, mismatch, leakage at 27 C", []),
        ("the same with shot noise and converters", [Noise, Converters]),
        ("the same from -40 to 85 C", [Noise, Converters, Heat]),
    ];

    public static void Print()
    {
        var table = new Table(
            $"Table 4. Sources alone and together, {Count} dies of 4 um x 4 um, EKV: error of the outputs, median and 95 %; effective bits of the weights, median",
            ["source", .. Job.All.SelectMany(job => new[] { $"{job.Name}: error", "yield at 0.87", "bits" })]
        );
        table.Fill(All, [All[3]], Row);
    }

    private static string[] Row((string Name, string[] Changes) source) =>
        [source.Name, .. Job.All.SelectMany(job => Cells(job, source.Changes))];

    private static string[] Cells(Job job, string[] changes)
    {
        Sample dies = Lab.Run(Count, [.. job.Changes, .. changes]);
        return
        [
            Text.Spread(dies),
            dies.Share(Lab.OutputError, error => error <= 0.87),
            Text.Bits(dies.Median(Lab.WeightError)),
        ];
    }
}

/// <summary>Which cells make the error: one kind of cell has 4 um x 4 um, all others are so large that they match.</summary>
static class Kinds
{
    private const int Count = 2048;
    private const double Large = 1000;

    public static void Print()
    {
        var table = new Table(
            $"Table 5. Mismatch of one kind of cell, 4 um x 4 um, all others of {Large:g} um x {Large:g} um; weak inversion, {Count} dies: error of the outputs, median and 95 %",
            ["cell", .. Job.All.Select(job => job.Name)]
        );
        table.Fill([.. Lab.CellKinds, "all"], ["all"], Row);
    }

    private static string[] Row(string kind)
    {
        string cells = Lab.Cells(cell => cell == kind || kind == "all" ? 4 : Large);
        return
        [
            kind,
            .. Job.All.Select(job => Text.Spread(Lab.Run(Count, [.. job.Changes, cells, .. Lab.MismatchAlone]))),
        ];
    }
}

/// <summary>Claim 2: bits against the area of a device.</summary>
static class Bits
{
    public static void Print()
    {
        foreach (Job job in Job.Shown)
        {
            var table = new Table(
                $"Table 6, {job.Name}. Effective bits of weights and of outputs against device area: median of {Sizes.Count} dies (weak inversion: {Sizes.ManyCount}) at 27 C, and the share of dies with at least 8 bits",
                [
                    "W L um^2",
                    "weights: EKV, all variation",
                    "outputs: EKV, all variation",
                    "outputs of 8 bits",
                    "weights: weak, mismatch alone",
                    "outputs: weak, mismatch alone",
                    "outputs of 8 bits",
                ]
            );
            table.Fill([1, 4, 16, 100, 400, 2500, 10000, 40000], [100], area => Row(job, area));
        }
    }

    private static string[] Row(Job job, double area)
    {
        string cells = Lab.Cells(Math.Sqrt(area));
        Sample all = Lab.Run(Sizes.Count, [.. job.Changes, cells]);
        Sample mismatch = Lab.Run(Sizes.ManyCount, [.. job.Changes, cells, .. Lab.MismatchAlone]);
        return [$"{area:g}", .. Cells(all), .. Cells(mismatch)];
    }

    private static string[] Cells(Sample dies) =>
        [
            Text.Bits(dies.Median(Lab.WeightError)),
            Text.Bits(dies.Median(Lab.OutputError)),
            dies.Share(Lab.OutputError, error => Text.BitsOf(error) >= 8),
        ];
}

/// <summary>Claim 2: bits against the memory capacitor, all other errors off.</summary>
static class Capacitors
{
    private const int Count = 512;
    private const string NoDeviceMismatch = "process.override={mismatch: {threshold: 0 mV*um, beta: 0 %*um}}";
    private const string Noise = "noise={shot: on}";

    public static void Print()
    {
        var table = new Table(
            $"Table 7. The memory capacitor alone, ideal devices in weak inversion: noise of a half weight of full scale by q/(C n UT); median bits of weights, of outputs over {Count} dies that differ by shot noise, or by mismatch of the capacitors",
            [
                "C",
                "area um^2",
                "q/(C n UT), rms %",
                "its bits",
                .. Job.All.SelectMany(job => new[] { $"{job.Name}: by noise", "by mismatch" }),
            ]
        );
        table.Fill<double>([100, 300, 1000, 3000, 10000], [1000], Row);
    }

    private static string[] Row(double femto)
    {
        string[] changes = [$"design.capacitor={femto:g} fF", "fidelity=weak-inversion"];
        Sample Noisy(Job job) => Lab.Run(Count, [.. job.Changes, .. changes, Lab.Only(), Noise]);
        Sample Unequal(Job job) => Lab.Run(Count, [.. job.Changes, .. changes, Lab.Only("mismatch"), NoDeviceMismatch]);
        var card = Noisy(Job.Iris).Study.File.Card;
        double voltage = card.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(card.Device.ReferenceTemperature);
        double variance = PhysicalConstants.ElementaryCharge / (femto * 1e-15 * voltage);
        return
        [
            femto < 1000 ? $"{femto:g} fF" : $"{femto / 1000:g} pF",
            $"{femto * 1e-15 / card.Capacitor.Density * 1e12:0}",
            $"{100 * Math.Sqrt(variance):0.000}",
            $"{Quality.EffectiveBits(variance):0.0}",
            .. Job.All.SelectMany(job => new[] { Bits(Noisy(job)), Bits(Unequal(job)) }),
        ];
    }

    private static string Bits(Sample dies) =>
        $"{Text.Bits(dies.Median(Lab.WeightError))}, {Text.Bits(dies.Median(Lab.OutputError))}";
}

/// <summary>Claim 2 without the question whether a die is right: does it repeat itself under other noise?</summary>
static class Repeats
{
    private const int Count = 32;

    public static void Print()
    {
        var table = new Table(
            $"Table 8. The same die trained twice with other shot noise: bits of weights, of outputs, from the rms difference over sqrt(2); median of {Count} dies of 4 um x 4 um with process, mismatch and leakage, weak inversion",
            ["C", .. Job.All.Select(job => job.Name)]
        );
        table.Fill<double>([1, 3, 10, 30], [1], pico => [$"{pico:g} pF", .. Job.All.Select(job => Cell(job, pico))]);
    }

    private static string Cell(Job job, double pico)
    {
        string[] changes = [.. job.Changes, "fidelity=weak-inversion", $"design.capacitor={pico:g} pF"];
        PreparedStudy[] runs = [.. new[] { 1, 2 }.Select(seed => Lab.Prepare("paper", Noisy(changes, seed)))];
        var errors = Enumerable.Range(0, Count).Select(die => Difference(runs, die)).ToArray();
        return $"{Median(errors.Select(e => e.Weights))}, {Median(errors.Select(e => e.Outputs))}";
    }

    private static string[] Noisy(string[] changes, int seed) => [.. changes, $"noise={{shot: on, seed: {seed}}}"];

    private static (double Weights, double Outputs) Difference(PreparedStudy[] runs, int die)
    {
        DieAnswer[] answers = [.. runs.Select(run => DieSolver.Solve(DieCase.Of(run, die)))];
        double[][] weights = [.. answers.Select(Text.Weights)];
        return (
            Quality.MeanSquare(weights[0], weights[1]) / 2,
            Quality.MeanSquare(answers[0].Predictions, answers[1].Predictions) / 2
        );
    }

    private static string Median(IEnumerable<double> meanSquares) =>
        $"{Quality.EffectiveBits(Quantile.OfSorted([.. meanSquares.Order()], 0.5)):0.0}";
}

/// <summary>Claim 2: bits of converters at the inputs, targets and outputs.</summary>
static class Resolutions
{
    public static void Print()
    {
        var table = new Table(
            "Table 9. Converters of B bits at inputs, targets and outputs of an ideal circuit: effective bits of weights, of outputs; accuracy or R^2",
            ["B", .. Job.All.Select(job => job.Name)]
        );
        table.Fill([4, 6, 8, 10, 12], [8], bits => [$"{bits}", .. Job.All.Select(job => Cell(job, bits))]);
    }

    private static string Cell(Job job, int bits)
    {
        string converters = $"converters={{inputs: {bits}, targets: {bits}, readout: {bits}}}";
        Sample die = Lab.Run(1, [.. job.Changes, "fidelity=weak-inversion", Lab.Only(), converters]);
        string errors = $"{Text.Bits(die.Median(Lab.WeightError))}, {Text.Bits(die.Median(Lab.OutputError))}";
        return $"{errors}; {die.Median(job.Metric):0.000}";
    }
}

/// <summary>Claim 3: a map over learning rate and L2.</summary>
static class Rates
{
    private const int Count = 256;
    private static readonly double[] Decays = [0, 1e-4, 1e-3, 1e-2, 0.1];

    public static void Print()
    {
        string metrics = "of the ideal SGDr in brackets";
        foreach (Job job in Job.Shown)
        {
            Table ekv = Map(
                $"Table 10, {job.Name}. Nominal EKV circuit with leakage, 27 C: error / {job.Metric}, {metrics}"
            );
            ekv.Fill([1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3], [0.03], rate => Row(rate, decay => Nominal(job, rate, decay)));
            Table dies = Map(
                $"Table 11, {job.Name}. {Count} dies of 4 um x 4 um, weak inversion, 27 C: median error / yield at 0.87 / median {job.Metric}, {metrics}"
            );
            dies.Fill([1e-3, 1e-2, 0.1, 0.3, 1, 3, 10], [0.1], rate => Row(rate, decay => Dies(job, rate, decay)));
        }
    }

    private static Table Map(string title) => new(title, ["eta", .. Decays.Select(decay => $"lambda = {decay:g}")]);

    private static string[] Row(double rate, Func<double, string> cell) =>
        [$"{rate:g}", .. Decays.AsParallel().AsOrdered().Select(cell)];

    private static string Nominal(Job job, double rate, double decay) =>
        Text.Cell(() => Lab.Run(1, [.. Changes(job, rate, decay), Lab.Only("leakage")]), job);

    private static string Dies(Job job, double rate, double decay) =>
        Text.OrRefused(() =>
        {
            Sample dies = Lab.Run(Count, [.. Changes(job, rate, decay), "fidelity=weak-inversion"]);
            double yield = dies.Rows.Reals(Lab.OutputError).Count(error => error <= 0.87) / (double)Count;
            double ideal = dies.Study.IdealMetrics()[job.Metric];
            return $"{Text.Error(dies.Median(Lab.OutputError))} / {100 * yield:0} % / {dies.Median(job.Metric):0.00} ({ideal:0.00})";
        });

    // Fast learning takes more integration steps than a study may have unless it asks for them. In EKV they would take
    // minutes, so its map ends at eta = 0.3.
    private static string[] Changes(Job job, double rate, double decay) =>
        [.. job.Changes, $"training.learning_rate={rate:g}", $"training.l2={decay:g}", "training.max_steps=64"];
}

/// <summary>Claim 3: the same against the time of a presentation, with leakage.</summary>
static class PresentationTimes
{
    public static void Print()
    {
        var table = new Table(
            "Table 12. Presentation time, iris, nominal circuit with nominal leakage: gain current IG and its inversion, effective lambda, mse_vs_ideal_percent / accuracy (of the ideal SGDr)",
            ["Ts", "IG", "IG/IS", "lambda at 27 C", "27 C", "lambda at 85 C", "85 C"]
        );
        table.Fill(["10 ns", "100 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms"], ["10 us"], Row);
    }

    private static string[] Row(string time)
    {
        var cold = Leaking(time, "27 C");
        var hot = Leaking(time, "85 C");
        string path = Lab.Path("paper");
        StudyFile file = StudyFile.Read(path, $"training.presentation_time={time}");
        double gain =
            file.Study.Training.LearningRate
            * file.Study.Design.Capacitor
            * file.Card.Device.SlopeFactor
            * PhysicalConstants.ThermalVoltage(file.Card.Device.ReferenceTemperature)
            / file.Study.Training.PresentationTime;
        string[] currents = [Text.Si(gain, "A"), $"{gain / file.Card.Device.SpecificCurrent:g2}"];
        return [time, .. currents, Lambda(cold), Text.Cell(cold, Job.Iris), Lambda(hot), Text.Cell(hot, Job.Iris)];
    }

    private static Func<Sample> Leaking(string time, string temperature) =>
        () =>
            Lab.Run(
                1,
                $"training.presentation_time={time}",
                Lab.Only("leakage", "temperature"),
                $"temperature={{value: {temperature}}}"
            );

    private static string Lambda(Func<Sample> run) => Text.OrRefused(() => $"{run().Median("lambda_mean"):g3}");
}

/// <summary>Claim 4: power and area beside digital arithmetic, for sizes that keep claim 1 and for those that do not.</summary>
static class Costs
{
    // Assumed gate capacitance, as in docs/cost.md.
    private const double GateDensity = 8e-3;

    public static void Print()
    {
        var table = new Table(
            "Table 13. Power and area of the nominal circuit over those of the same rule in digital arithmetic at 45 nm (energy with the weights in SRAM; area of one unit and the weights), and the time in which a gate settles at Iu",
            [
                "study",
                "W x L um",
                "power",
                "energy of an update",
                "area of a weight um^2",
                "energy over 8 bit",
                "over 8 bit without memory",
                "energy over 32 bit",
                "area over 8 bit",
                "area over 32 bit",
                "area over a digital unit for each weight, 8 bit",
                "C n UT/Iu of a gate",
                "Ts",
            ]
        );
        table.Fill<(string, double)>(
            [("paper", 1), ("paper", 4), ("paper", 10), ("paper", 20), ("digits", 4), ("digits", 10)],
            [("paper", 4)],
            Row
        );
    }

    private static string[] Row((string Study, double Size) design)
    {
        string[] changes =
        [
            Lab.Cells(design.Size),
            "fidelity=weak-inversion",
            "design.unit_current=1 nA",
            "training.presentation_time=10 us",
        ];
        StudyCost cost = StudyCost.Of(StudyFile.Read(Lab.Path(design.Study), changes));
        DesignCost analog = cost.Analog;
        DigitalCost narrow = Digital(cost, DigitalArithmetic.EightBits);
        DigitalCost wide = Digital(cost, DigitalArithmetic.ThirtyTwoBits);
        var model = cost.Study.Model;
        double gate = GateDensity * model.Design.Cells.Multiplier.Area;
        double settling =
            gate * model.Device.SlopeFactor * PhysicalConstants.ThermalVoltage(300.15) / model.Design.UnitCurrent;
        return
        [
            design.Study,
            $"{design.Size:g} x {design.Size:g}",
            Text.Si(analog.Power, "W"),
            Text.Si(analog.EnergyPerUpdate, "J"),
            $"{analog.Area / model.Shape.Weights * 1e12:0}",
            Text.Ratio(analog.EnergyPerPresentation / narrow.EnergyPerPresentation),
            Text.Ratio(analog.EnergyPerPresentation / narrow.ArithmeticEnergy),
            Text.Ratio(analog.EnergyPerPresentation / wide.EnergyPerPresentation),
            Text.Ratio(analog.Area / narrow.Area),
            Text.Ratio(analog.Area / wide.Area),
            Text.Ratio(analog.Area / model.Shape.Weights / narrow.UnitArea),
            Text.Si(settling, "s"),
            Text.Si(model.Rule.PresentationTime, "s"),
        ];
    }

    private static DigitalCost Digital(StudyCost cost, DigitalArithmetic arithmetic) =>
        cost.Digital.Single(digital => digital.Arithmetic == arithmetic && digital.Node == DigitalNode.Nm45);
}

/// <summary>What is learned on the circuit of studies/paper.yaml.</summary>
sealed record Job(string Name, string Metric, string[] Changes)
{
    public static readonly Job Iris = new("iris", "accuracy", []);
    public static readonly Job Diabetes = new(
        "diabetes",
        "r2",
        [
            "data={file: data/diabetes.csv, target: progression, split: {test: 30 %, method: shuffled}, scaling: standard}",
            "task=linear",
            "training.learning_rate=0.02",
        ]
    );
    public static readonly Job[] All = [Iris, Diabetes];

    /// <summary>Those of which a quick run prints tables: dies that learn iris take finer steps.</summary>
    public static Job[] Shown => Table.Quick ? [Diabetes] : All;

    /// <summary>What the ideal SGDr reaches.</summary>
    public string Ideal => $"{Lab.Run(1, [.. Changes, "fidelity=weak-inversion"]).Study.IdealMetrics()[Metric]:0.000}";
}

/// <summary>Dies of a study.</summary>
sealed record Sample(PreparedStudy Study, RowBlock Rows)
{
    private readonly ConcurrentDictionary<string, double[]> _sorted = [];

    public double Median(string column) => Quantile(column, 0.5);

    /// <summary>Over the dies that did not fail.</summary>
    public double Quantile(string column, double probability) =>
        YieldLab.Statistics.Estimation.Quantile.OfSorted(_sorted.GetOrAdd(column, Sorted), probability);

    /// <summary>Share of all dies, failed ones included, with its 95 % Wilson interval.</summary>
    public string Share(string column, Predicate<double> meets)
    {
        int count = Rows.Reals(column).Count(value => double.IsFinite(value) && meets(value));
        var interval = WilsonInterval.Of(count, Rows.Capacity);
        int failed = Rows.Texts(DieTable.Failure).Count(reason => reason is not null);
        string share =
            $"{100.0 * count / Rows.Capacity:0.0} % ({100 * interval.Lower:0.0} to {100 * interval.Upper:0.0})";
        return failed == 0 ? share : $"{share}, {failed} failed";
    }

    private double[] Sorted(string column) => [.. Rows.Reals(column).Where(double.IsFinite).Order()];
}

/// <summary>Runs dies in memory; each setting once.</summary>
static class Lab
{
    public const string OutputError = "mse_vs_ideal_percent";
    public const string WeightError = "weight_mse_vs_ideal_percent";

    public static readonly string[] MismatchAlone = [Only("mismatch"), "fidelity=weak-inversion"];

    private static readonly ConcurrentDictionary<string, Lazy<Sample>> Samples = [];
    private static readonly ConcurrentDictionary<string, Lazy<NominalDie>> NominalDies = [];

    /// <summary>The first dies of studies/paper.yaml with keys changed.</summary>
    public static Sample Run(int dies, params string[] changes) =>
        Samples.GetOrAdd($"{dies} {string.Join(' ', changes)}", _ => new(() => Train(dies, changes))).Value;

    /// <summary>The die of a study whose changes leave no variation.</summary>
    public static NominalDie Nominal(string study, string[] changes) =>
        NominalDies
            .GetOrAdd(
                $"{study} {string.Join(' ', changes)}",
                _ =>
                    new(() =>
                    {
                        PreparedStudy prepared = Prepare(study, changes);
                        return new(prepared, DieSolver.Solve(DieCase.Of(prepared, 0)));
                    })
            )
            .Value;

    public static string Path(string study) => $"studies/{study}.yaml";

    /// <summary>All sources of variation off but some.</summary>
    public static string Only(params string[] on)
    {
        string Switch(string name) => $"{name}: {(on.Contains(name) ? "on" : "off")}";
        return $"variation={{{string.Join(", ", new[] { "process", "mismatch", "leakage", "temperature" }.Select(Switch))}}}";
    }

    /// <summary>Kinds of cells that the design gives a size, but for the capacitors' switch, which keeps its own.</summary>
    public static readonly string[] CellKinds =
    [
        "dac",
        "multiplier",
        "summing",
        "activation",
        "rectifier",
        "gradient",
        "integrator",
        "decay",
        "quiescent",
        "cross_coupling",
    ];

    /// <summary>Square devices of one width in all cells.</summary>
    public static string Cells(double micrometres) => Cells(_ => micrometres);

    /// <summary>Square devices.</summary>
    public static string Cells(Func<string, double> micrometres)
    {
        string Square(string cell, double size) => $"{cell}: {{width: {size:g6} um, length: {size:g6} um}}";
        string[] cells = [.. CellKinds.Select(cell => Square(cell, micrometres(cell))), Square("switch", 0.5)];
        return $"design.cells={{{string.Join(", ", cells)}}}";
    }

    public static PreparedStudy Prepare(string study, string[] changes) =>
        PreparedStudy.Of(StudyFile.Read(Path(study), [.. changes, "output.epochs=off", "hold=[]"]));

    private static Sample Train(int dies, string[] changes)
    {
        PreparedStudy prepared = Prepare("paper", changes);
        IDieModel model = prepared.DieModel();
        var rows = new RowBlock(DieTable.Columns(model, []), dies);
        using IDieWorker worker = model.CreateWorker();
        for (int first = 0; first < dies; first += model.BatchSize)
            worker.Run(first, Math.Min(model.BatchSize, dies - first), rows, first, null);
        return new(prepared, rows);
    }
}

/// <summary>Numbers as the page shows them.</summary>
static class Text
{
    public static string Error(double percent) => percent < 1e-6 ? "< 1e-6" : $"{percent:g3}";

    public static string Spread(Sample dies) =>
        $"{Error(dies.Median(Lab.OutputError))}, {Error(dies.Quantile(Lab.OutputError, 0.95))}";

    /// <summary>Weights after the last epoch.</summary>
    public static double[] Weights(DieAnswer die)
    {
        double[][] halves = die.WeightsAfterEpoch[^1];
        return [.. halves[0].Zip(halves[1], (p, n) => p - n)];
    }

    public static double BitsOf(double percent) => Quality.EffectiveBits(percent / 100);

    public static string Bits(double percent) => $"{BitsOf(percent):0.0}";

    public static string Ratio(double value) => value < 100 ? $"{value:g3}" : $"{value:0}";

    public static string Cell(Func<Sample> run, Job job) =>
        OrRefused(() =>
        {
            Sample dies = run();
            double ideal = dies.Study.IdealMetrics()[job.Metric];
            return $"{Error(dies.Median(Lab.OutputError))} / {dies.Median(job.Metric):0.00} ({ideal:0.00})";
        });

    /// <summary>A cell of a setting that the program may refuse because it needs too many steps.</summary>
    public static string OrRefused(Func<string> cell)
    {
        try
        {
            return cell();
        }
        catch (StudyException)
        {
            return "refused";
        }
    }

    public static string Si(double value, string unit)
    {
        int step = (int)Math.Floor(Math.Log10(value) / 3);
        string prefix = step == 0 ? "" : "afpnum"[step + 6].ToString();
        return $"{value / Math.Pow(1000, step):g3} {prefix}{unit}";
    }
}

/// <summary>A table in Markdown. Its rows are worked out on all processors and printed in their order.</summary>
sealed class Table
{
    private static readonly System.Diagnostics.Stopwatch Clock = System.Diagnostics.Stopwatch.StartNew();

    public Table(string title, string[] header)
    {
        Console.WriteLine($"**{title}**\n");
        Print(header);
        Print([.. header.Select(_ => "---")]);
    }

    /// <summary>Whether to print but a few rows of each table.</summary>
    public static bool Quick { get; set; }

    /// <summary>Works the rows out and prints them.</summary>
    /// <param name="all">What each row shows.</param>
    /// <param name="few">Those of them that take seconds and are enough to see that the page is up to date.</param>
    /// <param name="row">The cells of a row.</param>
    public void Fill<T>(T[] all, T[] few, Func<T, string[]> row)
    {
        T[] rows = Quick ? few : all;
        // Rows differ a lot in cost: each thread takes the next one.
        foreach (string[] cells in Partitioner.Create(rows, loadBalance: true).AsParallel().AsOrdered().Select(row))
            Print(cells);
        Console.WriteLine();
        Console.Error.WriteLine($"{Clock.Elapsed.TotalSeconds:0} s");
    }

    private static void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
