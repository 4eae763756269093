using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Data;
using YieldLab.Studies.Sensitivity;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>A study with all that its dies share worked out: data, ideal reference, integration steps.</summary>
public sealed class PreparedStudy
{
    private PreparedStudy(StudyFile file)
    {
        File = file;
        Study study = file.Study;
        Problem = LearningProblem.Read(study, file.Folder);
        var shape = new LayerShape(Problem.Train.Outputs, Problem.Train.Inputs);
        Table = ReadTable();
        var device = DeviceConstants.Of(file.Card.Device, study.Design.Cells);
        Model = new(study.Fidelity, device, study.Design, study.Training, study.Task, shape);
        Silicon = new(
            file.Card,
            study.Design,
            shape,
            study.Variation,
            study.Temperature.Range!,
            study.Temperature.Gradient
        )
        {
            Corner = study.Corner is { } corner ? file.Card.Corner(corner) : null,
            Given = Table?.Dies ?? GivenDies.None,
        };
        Global = new(file.Card);
        Draws = ChooseDraws();
        Noise = study.Noise is { Shot: true, Seed: var seed } ? new((ulong)seed) : null;
        Columns = DieColumns.Of(study);
        RefuseUnknownMetrics();
        Converters = study.Converters;
        Train = Converted(Problem.Train);
        Test = Converted(Problem.Test);
        Plan = ChoosePlan();
        Ideal = TrainIdeal();
        IdealPredictions = Ideal.Predict(Problem.Test);
    }

    public StudyFile File { get; }
    public LearningProblem Problem { get; private set; }

    /// <summary>The dies of <c>sampling.table</c>; null where all are drawn.</summary>
    public SiliconTable? Table { get; }

    /// <summary>The training examples as the circuit meets them, behind its converters.</summary>
    public Examples Train { get; }

    /// <summary>The test examples behind the converters; metrics compare with those of <see cref="Problem"/>.</summary>
    public Examples Test { get; }

    public ConverterSettings Converters { get; }
    public AcceleratorModel Model { get; }
    public Silicon Silicon { get; }
    public GlobalVariation Global { get; }

    /// <summary>What the dies are drawn from: independent numbers, or a point set for the most important of them.</summary>
    public DieDraws Draws { get; private set; }

    /// <summary>Independent randomisations that the dies belong to, die k to number k modulo this; 1 where the dies
    /// themselves are independent.</summary>
    public int Randomisations => Draws.Points?.Randomisations ?? 1;

    /// <summary>Whether a run of more dies begins with the same ones.</summary>
    public bool IsExtensible => Draws.Points?.IsExtensible ?? true;

    /// <summary>How time is stepped; the same for every die.</summary>
    public StepPlan Plan { get; }

    /// <summary>SGDr without a circuit, trained.</summary>
    public IdealReference Ideal { get; private set; }

    /// <summary>Its predictions of the test examples.</summary>
    public double[] IdealPredictions { get; private set; }

    /// <summary>Columns that the model fills.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Those of them that are metrics.</summary>
    public IReadOnlyList<Column> Metrics => [.. Columns.Where(column => column.IsMetric)];

    /// <summary>What the study computes beyond where it is right, in one line; null if there is no such thing.</summary>
    public string? Warning => InversionWarning.Of(Model, TemperatureExtent);

    /// <summary>Works a study out.</summary>
    /// <exception cref="StudyException">Something in it or its data does not fit.</exception>
    public static PreparedStudy Of(StudyFile file) => new(file);

    /// <summary>The model that the engine runs.</summary>
    public IDieModel DieModel() =>
        File.Study.Training.Precision == Precision.Single
            ? new SgdrDieModel<float>(this)
            : new SgdrDieModel<double>(this);

    /// <summary>The errors of eight dies.</summary>
    public DrawnErrors Errors(ReadOnlySpan<long> dies) => new(Silicon, Global, Draws, dies);

    /// <summary>Draws of the shot noise, or null where there is none.</summary>
    public AddressedDraws? Noise { get; private set; }

    /// <summary>Die k has the shot noise of die k plus this.</summary>
    internal long NoiseOffset { get; private set; }

    /// <summary>The same study with independent dies.</summary>
    public PreparedStudy WithIndependentDies()
    {
        var other = (PreparedStudy)MemberwiseClone();
        other.Draws = Draws.Plain;
        return other;
    }

    /// <summary>The same study whose independent dies take groups of their draws from other dies: die k from die k + offset.
    /// </summary>
    public PreparedStudy WithMoved(IReadOnlyCollection<VariationGroup> groups, long offset)
    {
        var other = (PreparedStudy)MemberwiseClone();
        other.Draws = Draws.Moved(groups.SelectMany(group => group.Streams), offset);
        other.NoiseOffset = groups.Any(group => group.IsNoise) ? offset : 0;
        return other;
    }

    /// <summary>The same study whose independent dies have a group of their draws at its centre: normal draws at 0, a
    /// temperature at its median, no temperature gradient, no noise.</summary>
    public PreparedStudy WithCentred(VariationGroup group)
    {
        var other = (PreparedStudy)MemberwiseClone();
        other.Draws = Draws.Centred(group.Streams);
        if (group.IsNoise)
            other.Noise = null;
        return other;
    }

    /// <summary>The same silicon, examples and integration steps with another order of presentation; the ideal reference
    /// learns in that order too.</summary>
    /// <param name="number">See <see cref="LearningProblem.OrdersOf"/>.</param>
    public PreparedStudy InOrder(int number)
    {
        var other = (PreparedStudy)MemberwiseClone();
        other.Problem = Problem with
        {
            Orders = LearningProblem.OrdersOf(File.Study.Training, Problem.Train.Count, number),
        };
        other.Ideal = other.TrainIdeal();
        other.IdealPredictions = other.Ideal.Predict(Problem.Test);
        return other;
    }

    /// <summary>The same in everything with noise of another seed.</summary>
    /// <exception cref="InvalidOperationException">The study has no noise.</exception>
    public PreparedStudy WithNoise(ulong seed)
    {
        if (Noise is null)
            throw new InvalidOperationException("A study without noise cannot have another.");
        var other = (PreparedStudy)MemberwiseClone();
        other.Noise = new(seed);
        return other;
    }

    /// <summary>How well the ideal reference does the task on the test examples.</summary>
    public IReadOnlyDictionary<string, double> IdealMetrics() =>
        TaskMetrics.ByName(Model.Task, IdealPredictions, Problem.Test.T, Model.Shape.Outputs, Problem.TargetUnit);

    private Examples Converted(Examples examples)
    {
        var inputs = new Converter(Converters.Inputs);
        var targets = new Converter(Model.Task == LearningTask.Linear ? Converters.Targets : null);
        return new(
            [
                .. Enumerable
                    .Range(0, examples.Count)
                    .Select(e => examples.Input(e)[..^1].ToArray().Select(inputs.Signed).ToArray()),
            ],
            [
                .. Enumerable
                    .Range(0, examples.Count)
                    .Select(e => examples.Target(e).ToArray().Select(targets.Signed).ToArray()),
            ]
        );
    }

    private void RefuseUnknownMetrics()
    {
        string[] metrics = [.. Columns.Where(column => column.IsMetric).Select(column => column.Name)];
        for (int i = 0; i < File.Study.Specs.Count; i++)
            Refuse($"specs[{i}]", File.Study.Specs[i].Metric, metrics);
        string[] perEpoch = [.. DieColumns.PerEpoch(Model.Task).Select(column => column.Name)];
        if (File.Study.Output.Target is { } target)
            Refuse("output.target", target.Metric, perEpoch);
        if (File.Study.Output.Retention is { } kept)
            Refuse("output.retention", kept.Metric, TaskMetrics.Names(Model.Task));
    }

    private void Refuse(string key, string metric, IReadOnlyList<string> known)
    {
        if (!known.Contains(metric))
            throw File.ErrorAt(key, $"unknown metric '{metric}'{Text.NearestName.Hint(metric, known)}");
    }

    private SiliconTable? ReadTable()
    {
        if (File.Study.Sampling.Table is not { } path)
            return null;
        SiliconTable table = SiliconTable.Read(Path.Combine(File.Folder, path));
        if (File.Study.Samples > table.Rows)
            throw File.ErrorAt(
                "samples",
                $"{File.Study.Samples} dies where {path} has {table.Rows}; expected at most {table.Rows}"
            );
        if (File.Study.Corner is { } corner && table.Dies.Shifts.Count > 0)
            throw File.ErrorAt(
                "corner",
                $"{corner} gives all shifts of the dies, and so does {path} ({string.Join(", ", table.Dies.Shifts.Keys.Select(SiliconTable.Name))}); expected one of the two"
            );
        return table;
    }

    // Lowest and highest temperature of the dies, in kelvin. The range of the study counts where a table gives the dies'
    // temperatures too: so a run's own dies, given as a table, are stepped as that run was.
    private (double Low, double High) TemperatureExtent
    {
        get
        {
            double reference = Model.Device.ReferenceTemperature;
            var (low, high) = Silicon.Variation.Temperature ? Silicon.Temperature.Extent : (reference, reference);
            return Silicon.Given.TemperatureExtent is { } given
                ? (Math.Min(low, given.Low), Math.Max(high, given.High))
                : (low, high);
        }
    }

    private DieDraws ChooseDraws()
    {
        var (study, seed) = (File.Study, (ulong)File.Study.Seed);
        if (study.Sampling.Method == SamplingMethod.MonteCarlo)
            return new(seed);
        DrawAddress[] addresses = [.. DesignAddresses.All(Model.Shape).Take(SobolSequence.MostDimensions)];
        if (DesignAddresses.Active(Silicon, Global).Count == 0)
            throw File.ErrorAt(
                "sampling.method",
                "nothing varies that points could be spread over; expected variation of process, mismatch or temperature, or the method monte-carlo"
            );
        return new(seed, study.Sampling.Points(seed, addresses.Length, study.Samples)!, addresses);
    }

    // The pilots are the study's first independent dies, moved in turn to both ends of the temperature range: the same
    // for every number of dies and way to choose them.
    private StepPlan ChoosePlan()
    {
        var extent = TemperatureExtent;
        double[] ends =
        [
            .. Enumerable.Range(0, ICellErrors.Lanes).Select(die => die % 2 == 0 ? extent.Low : extent.High),
        ];
        Silicon extremes = Silicon with { Given = Silicon.Given with { Temperatures = ends } };
        var pilots = new DrawnErrors(extremes, Global, Draws.Plain, [0, 1, 2, 3, 4, 5, 6, 7]);
        try
        {
            var run = new PilotRun(Model, Train, Problem.Orders, extent, pilots);
            int most = File.Study.Training.MaxSteps;
            return File.Study.Training.Precision == Precision.Single
                ? StepControl.Choose<float>(run, most)
                : StepControl.Choose<double>(run, most);
        }
        catch (PrecisionException e)
        {
            throw File.ErrorAt("training.precision", e.Message);
        }
        catch (StepLimitException e)
        {
            throw File.ErrorAt("training.learning_rate", $"{e.Message} (or raise training.max_steps)");
        }
    }

    private IdealReference TrainIdeal()
    {
        var ideal = new IdealReference(
            Model.Rule,
            Model.Task,
            Model.Design.ActivationGain,
            Model.Shape.Outputs,
            Model.Shape.Inputs
        );
        foreach (int[] order in Problem.Orders)
            ideal.TrainEpoch(Problem.Train, order);
        return ideal;
    }
}
