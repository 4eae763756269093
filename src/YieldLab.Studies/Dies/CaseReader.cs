using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Dies;

/// <summary>Reads a case key by key; whatever is missing or of the wrong size is an error that names its key.</summary>
internal sealed class CaseReader(string name, JsonObject root)
{
    // A case gives the errors themselves, so no size of a device enters.
    private static readonly DeviceSize NoSize = new() { Width = 1e-6, Length = 1e-6 };

    private static readonly Limits Finite = new("finite numbers", _ => true);
    private static readonly Limits AboveZero = new("numbers above 0", value => value > 0);
    private static readonly Limits FromZero = new("numbers from 0", value => value >= 0);
    private static readonly ParameterAttribute Temperature = Declaration<TemperatureSettings>(
        nameof(TemperatureSettings.Value)
    );
    private static readonly Limits Kelvin = new(
        $"{Temperature.Min} K to {Temperature.Max} K",
        value => Temperature.Allows(value)
    );

    private LayerShape _shape;

    public DieCase Read()
    {
        if (CaseKeys.Misspelt(root) is { } misspelt)
            throw Error(misspelt.Given, $"unknown key; did you mean '{misspelt.Meant}'?");
        LearningTask task = Choice<LearningTask>("task");
        Fidelity fidelity = Choice<Fidelity>("fidelity");
        Examples training = ReadExamples("inputs", "targets");
        _shape = new(training.Outputs, training.Inputs);
        if (task == LearningTask.Softmax && training.Outputs == 1)
            throw Error(
                "targets",
                "1 target an example; softmax tells apart two classes or more (task linear takes 1)"
            );
        Examples test = ReadExamples("test_inputs", "test_targets");
        if (test.Inputs != training.Inputs)
            throw Error(
                "test_inputs",
                $"{test.Inputs - 1} inputs where the training examples have {training.Inputs - 1}"
            );
        if (test.Outputs != 0 && test.Outputs != training.Outputs)
            throw Error("test_targets", $"{test.Outputs} targets where the training examples have {training.Outputs}");
        int epochs = Value<int>("epochs");
        if (epochs < 1)
            throw Error("epochs", "expected 1 or more");
        var model = new AcceleratorModel(
            fidelity,
            ReadDevice(),
            ReadDesign(),
            new()
            {
                Epochs = epochs,
                LearningRate = Declared<SgdrRule>("design.learning_rate", nameof(SgdrRule.LearningRate)),
                L2 = Declared<SgdrRule>("design.l2", nameof(SgdrRule.L2)),
                PresentationTime = Declared<SgdrRule>("design.sample_period_s", nameof(SgdrRule.PresentationTime)),
            },
            task,
            _shape
        );
        return new()
        {
            Model = model,
            Errors = ReadErrors(),
            Training = training,
            Orders = ReadOrders(epochs, training.Count),
            Test = test,
            Hold = root["hold_s"] is null ? [] : Within("hold_s", Value<double[]>("hold_s"), FromZero),
            Retention = root["retention"] is null ? null : ReadRetention(task, test),
            Precision = root["precision"] is null ? Precision.Double : Choice<Precision>("precision"),
            ReadoutBits = root["readout_bits"] is null ? null : Bits("readout_bits"),
            Noise = root["noise"] is null ? null : (Index("noise.seed"), Index("noise.die")),
            Plan = root["integration"] is null ? null : ReadPlan(training.Count),
            MostSteps = Find("integration.most_steps") is null ? 256 : Value<int>("integration.most_steps"),
            TargetUnit = Optional("target_unit", 1),
        };
    }

    private Spec ReadRetention(LearningTask task, Examples test)
    {
        const string key = "retention";
        string text = Value<string>(key);
        if (Spec.TryParse(text) is not { } kept || TaskMetrics.IndexOf(task, kept.Metric) < 0)
            throw Error(
                key,
                $"'{text}' is not a specification of one of {string.Join(", ", TaskMetrics.Names(task))}, such as {TaskMetrics.Names(task)[0]} >= 0.9"
            );
        return test.Outputs > 0 ? kept : throw Error(key, "test_targets are missing, on which it is judged");
    }

    // Test examples may lack targets.
    private Examples ReadExamples(string inputs, string targets)
    {
        double[][] x = Table(inputs, Finite);
        double[][] t = targets == "test_targets" && root[targets] is null ? [] : Table(targets, Finite);
        if (t.Length > 0 && t.Length != x.Length)
            throw Error(targets, $"{t.Length} rows where {inputs} has {x.Length}");
        return new(x, t);
    }

    private DeviceConstants ReadDevice() =>
        new(
            Declared<DeviceParameters>("device.slope_factor", nameof(DeviceParameters.SlopeFactor)),
            Declared<DeviceParameters>("device.reference_temperature_k", nameof(DeviceParameters.ReferenceTemperature)),
            Declared<DeviceParameters>("device.mobility_exponent", nameof(DeviceParameters.MobilityExponent)),
            Find("device.specific_currents_a") is null
                ? SpecificCurrents.Equal(Positive("device.specific_current_a"))
                : new(
                    Positive("device.specific_currents_a.multiplier"),
                    Positive("device.specific_currents_a.gradient"),
                    Positive("device.specific_currents_a.integrator"),
                    Positive("device.specific_currents_a.cross_coupling")
                )
        );

    private Design ReadDesign() =>
        new()
        {
            UnitCurrent = Declared<Design>("design.unit_current_a", nameof(Design.UnitCurrent)),
            Capacitor = Declared<Design>("design.capacitance_f", nameof(Design.Capacitor)),
            InputQuiescent = Declared<Design>("design.input_quiescent", nameof(Design.InputQuiescent)),
            ErrorQuiescent = Declared<Design>("design.error_quiescent", nameof(Design.ErrorQuiescent)),
            WeightQuiescent = Declared<Design>("design.weight_quiescent", nameof(Design.WeightQuiescent)),
            CrossCoupling = Declared<Design>("design.cross_coupling", nameof(Design.CrossCoupling)),
            ActivationGain = Declared<Design>("design.activation_gain", nameof(Design.ActivationGain)),
            BiasTemperatureExponent = Declared<Design>(
                "design.bias_temperature_exponent",
                nameof(Design.BiasTemperatureExponent)
            ),
            Cells = new()
            {
                Dac = NoSize,
                Multiplier = NoSize,
                Summing = NoSize,
                Activation = NoSize,
                Rectifier = NoSize,
                Gradient = NoSize,
                Integrator = NoSize,
                Decay = NoSize,
                Quiescent = NoSize,
                CrossCoupling = NoSize,
                Switch = NoSize,
            },
        };

    private GivenErrors ReadErrors()
    {
        const string key = "environment.temperature_k";
        double temperature = Within(key, [Value<double>(key)], Kelvin)[0];
        return new()
        {
            DieTemperature = temperature,
            DieBiasGain = Positive("environment.bias_gain"),
            DieCurrentFactor = Optional("environment.current_factor", 1),
            CellTemperatures = Enum.GetValues<Site>()
                .ToDictionary(site => site, site => Temperatures(site, temperature)),
            CellLoops = LoopKind.All.ToDictionary(
                kind => kind,
                kind =>
                    (
                        Cells($"cell_errors.{kind.Name}.vt_v", kind.Site, Finite),
                        Cells($"cell_errors.{kind.Name}.beta", kind.Site, Finite)
                    )
            ),
            CellCapacitances =
            [
                Cells("capacitance_f.p", Site.Weight, AboveZero),
                Cells("capacitance_f.n", Site.Weight, AboveZero),
            ],
            CellLeakages = [Cells("leakage_a.p", Site.Weight, FromZero), Cells("leakage_a.n", Site.Weight, FromZero)],
        };
    }

    private double[] Temperatures(Site site, double temperature)
    {
        const string key = "environment.cell_temperature_k";
        if (Find(key) is null)
            return [.. Enumerable.Repeat(temperature, _shape.CellsAt(site))];
        return Cells($"{key}.{Keys.Snake($"{site}")}s", site, Kelvin);
    }

    private int[][] ReadOrders(int epochs, int examples)
    {
        const string key = "presentation_order";
        if (root[key] is null)
            return [.. Enumerable.Repeat<int[]>([.. Enumerable.Range(0, examples)], epochs)];
        int[][] orders = Value<int[][]>(key);
        if (orders.Length != epochs)
            throw Error(key, $"{orders.Length} orders for {epochs} epochs");
        return orders.SelectMany(order => order).All(example => example >= 0 && example < examples)
            ? orders
            : throw Error(key, $"an index is outside the {examples} examples");
    }

    private StepPlan ReadPlan(int examples)
    {
        int steps = Value<int>("integration.steps");
        int[] substeps = Value<int[]>("integration.substeps");
        StepSpeed limit = StepSpeed.Limit;
        var fastest = new StepSpeed(
            Optional("integration.fastest_relaxation", limit.Relaxation),
            Optional("integration.fastest_output", limit.Output)
        );
        return steps > 0 && substeps.Length == examples && substeps.All(count => count > 0)
            ? new(steps, substeps, fastest)
            : throw Error("integration", "expected steps above 0 and as many substeps above 0 as inputs");
    }

    private double[] Cells(string key, Site site, Limits limits)
    {
        double[] cells =
            site == Site.Weight
                ? [.. Table(key, limits).SelectMany(row => row)]
                : Within(key, Value<double[]>(key), limits);
        return cells.Length == _shape.CellsAt(site)
            ? cells
            : throw Error(key, $"{cells.Length} numbers where the layer has {_shape.CellsAt(site)} cells");
    }

    private double[][] Table(string key, Limits limits)
    {
        double[][] rows = Value<double[][]>(key);
        if (rows.Length == 0)
            throw Error(key, "expected at least one row");
        if (rows.Any(row => row is null || row.Length != rows[0].Length))
            throw Error(key, "expected rows of the same length");
        if (rows[0].Length == 0)
            throw Error(key, "expected at least one number in a row");
        foreach (double[] row in rows)
            Within(key, row, limits);
        return rows;
    }

    private double[] Within(string key, double[] values, Limits limits)
    {
        foreach (double value in values)
            if (!double.IsFinite(value) || !limits.Allow(value))
                throw Error(key, $"{value} is not allowed; expected {limits.Expected}");
        return values;
    }

    private double Number(string key)
    {
        double value = Value<double>(key);
        return double.IsFinite(value) ? value : throw Error(key, "expected a finite number");
    }

    private double Positive(string key)
    {
        double value = Number(key);
        return value > 0 ? value : throw Error(key, "expected a number above 0");
    }

    private int Bits(string key)
    {
        int bits = Value<int>(key);
        return bits is >= 1 and <= 24 ? bits : throw Error(key, "expected 1 to 24 bits");
    }

    private long Index(string key)
    {
        long index = Value<long>(key);
        return index >= 0 ? index : throw Error(key, "expected 0 or more");
    }

    private double Optional(string key, double otherwise) => Find(key) is null ? otherwise : Positive(key);

    // A number that a study has as well: its declaration there says what is allowed.
    private double Declared<T>(string key, string property)
    {
        ParameterAttribute parameter = Declaration<T>(property);
        double value = Number(key);
        return parameter.Allows(value)
            ? value
            : throw Error(key, $"{value} is out of range; {Keys.Expectation(parameter)}");
    }

    private static ParameterAttribute Declaration<T>(string property) =>
        typeof(T).GetProperty(property)!.GetCustomAttribute<ParameterAttribute>()!;

    private T Choice<T>(string key)
        where T : struct, Enum
    {
        string text = Value<string>(key);
        string[] names = [.. Enum.GetNames<T>().Select(Keys.Choice)];
        int index = Array.IndexOf(names, text);
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw Error(key, $"unknown value '{text}'{NearestName.Hint(text, names)}");
    }

    private T Value<T>(string key)
    {
        JsonNode node = Find(key) ?? throw Missing(key);
        try
        {
            return node.Deserialize<T>() ?? throw Missing(key);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Error(key, $"expected {Describe(typeof(T))}");
        }
    }

    // Of an object that is not there at all, the first of its keys would say too little.
    private StudyException Missing(string key)
    {
        for (int end = key.IndexOf('.'); end >= 0; end = key.IndexOf('.', end + 1))
        {
            string parent = key[..end];
            if (Find(parent) is not JsonObject)
                return Error(parent, Find(parent) is null ? "missing" : "expected keys and values");
        }
        return Error(key, "missing");
    }

    private JsonNode? Find(string key)
    {
        JsonNode? node = root;
        foreach (string part in key.Split('.'))
            node = (node as JsonObject)?[part];
        return node;
    }

    private static string Describe(Type type) =>
        type == typeof(string) ? "a text"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type.GetElementType()!.IsArray ? "rows of numbers"
        : "a list of numbers";

    private StudyException Error(string key, string message) => new($"{name}: {key}: {message}");

    /// <summary>What numbers may be.</summary>
    private sealed record Limits(string Expected, Func<double, bool> Allow);
}
