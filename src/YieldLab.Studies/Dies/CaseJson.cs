using System.Text.Json;
using System.Text.Json.Nodes;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Dies;

/// <summary>
/// Case files: one die as JSON. The keys are the circuit model's symbols spelt out, numbers in SI units. Optional keys
/// are presentation_order, test_targets, retention, precision, integration, readout_bits, noise,
/// environment.cell_temperature_k,
/// environment.current_factor and device.specific_currents_a.
/// </summary>
public static class CaseJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>A case as JSON.</summary>
    public static JsonObject Write(DieCase die)
    {
        LayerShape shape = die.Model.Shape;
        var json = new JsonObject
        {
            ["task"] = Text.Keys.Choice(die.Model.Task),
            ["fidelity"] = Text.Keys.Choice(die.Model.Fidelity),
            ["precision"] = Text.Keys.Choice(die.Precision),
            ["epochs"] = die.Orders.Count,
            ["device"] = Device(die.Model.Device),
            ["design"] = Design(die),
            ["environment"] = Environment(die.Errors, shape),
            ["capacitance_f"] = Halves(die.Errors.CellCapacitances, shape),
            ["leakage_a"] = Halves(die.Errors.CellLeakages, shape),
            ["cell_errors"] = new JsonObject(
                LoopKind.All.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)Loop(die.Errors, kind, shape)))
            ),
            ["inputs"] = Inputs(die.Training),
            ["targets"] = Rows(die.Training.T, die.Training.Outputs),
            ["presentation_order"] = new JsonArray([.. die.Orders.Select(order => Node(order))]),
            ["test_inputs"] = Inputs(die.Test),
            ["hold_s"] = Node(die.Hold.ToArray()),
            ["target_unit"] = die.TargetUnit,
        };
        if (die.Test.Outputs > 0)
            json["test_targets"] = Rows(die.Test.T, die.Test.Outputs);
        if (die.ReadoutBits is { } bits)
            json["readout_bits"] = bits;
        if (die.Noise is { } noise)
            json["noise"] = new JsonObject { ["seed"] = noise.Seed, ["die"] = noise.Die };
        if (die.Retention is { } kept)
            json["retention"] = kept.ToString();
        if (die.Plan is { } plan)
            json["integration"] = new JsonObject
            {
                ["steps"] = plan.Steps,
                ["most_steps"] = die.MostSteps,
                ["substeps"] = Node(plan.Substeps),
                ["fastest_relaxation"] = plan.Fastest.Relaxation,
                ["fastest_output"] = plan.Fastest.Output,
            };
        return json;
    }

    /// <summary>An answer as JSON, in the form of a case's expected answer; the metrics of a failed die are null.</summary>
    public static JsonObject Write(DieAnswer answer, LayerShape shape)
    {
        var json = new JsonObject
        {
            ["weights_after_epoch"] = new JsonArray([
                .. answer.WeightsAfterEpoch.Select(halves =>
                    (JsonNode)new JsonArray([.. halves.Select(half => Rows(half, shape.Inputs))])
                ),
            ]),
            ["predictions"] = Rows(answer.Predictions, shape.Outputs),
            ["predictions_after_hold"] = new JsonArray([
                .. answer.PredictionsAfterHold.Select(predictions => (JsonNode)Rows(predictions, shape.Outputs)),
            ]),
            ["metrics"] = new JsonObject(
                answer.Metrics.Select(metric =>
                    KeyValuePair.Create(metric.Key, answer.Failure is null ? Number(metric.Value) : null)
                )
            ),
            ["status"] = answer.Failure is null ? "ok" : "failed",
            ["failure"] = answer.Failure,
            ["integration_steps"] = answer.Steps,
        };
        if (answer.Retention is { } seconds)
            json["retention_s"] = answer.Failure is null ? Number(seconds) : null;
        return json;
    }

    /// <summary>Reads a case.</summary>
    /// <param name="name">How messages name the file.</param>
    /// <param name="text">JSON.</param>
    /// <exception cref="StudyException">Not a case; the message names the key.</exception>
    public static DieCase Read(string name, string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new StudyException(Problem(name, e), e);
        }
        return new CaseReader(
            name,
            root as JsonObject ?? throw new StudyException($"{name}: expected a JSON object")
        ).Read();
    }

    // The parser's own words tell of a key that is given twice; of the rest, the place says more than they do.
    private static string Problem(string name, JsonException e) =>
        e.LineNumber is null
            ? $"{name}: not valid JSON: {e.Message.ReplaceLineEndings(" ")}"
            : $"{name}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not valid JSON"
                + (e.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) ? $": {e.Message}" : "");

    private static JsonObject Device(DeviceConstants device)
    {
        var json = new JsonObject
        {
            ["slope_factor"] = device.SlopeFactor,
            ["specific_current_a"] = device.SpecificCurrents.Integrator,
            ["mobility_exponent"] = device.MobilityExponent,
            ["reference_temperature_k"] = device.ReferenceTemperature,
        };
        if (device.SpecificCurrents != SpecificCurrents.Equal(device.SpecificCurrents.Integrator))
            json["specific_currents_a"] = new JsonObject
            {
                ["multiplier"] = device.SpecificCurrents.Multiplier,
                ["gradient"] = device.SpecificCurrents.Gradient,
                ["integrator"] = device.SpecificCurrents.Integrator,
                ["cross_coupling"] = device.SpecificCurrents.CrossCoupling,
            };
        return json;
    }

    private static JsonObject Design(DieCase die)
    {
        Circuits.Cells.Design design = die.Model.Design;
        return new()
        {
            ["unit_current_a"] = design.UnitCurrent,
            ["capacitance_f"] = design.Capacitor,
            ["sample_period_s"] = die.Model.Rule.PresentationTime,
            ["learning_rate"] = die.Model.Rule.LearningRate,
            ["l2"] = die.Model.Rule.L2,
            ["input_quiescent"] = design.InputQuiescent,
            ["error_quiescent"] = design.ErrorQuiescent,
            ["weight_quiescent"] = design.WeightQuiescent,
            ["cross_coupling"] = design.CrossCoupling,
            ["activation_gain"] = design.ActivationGain,
            ["bias_temperature_exponent"] = design.BiasTemperatureExponent,
        };
    }

    private static JsonObject Environment(GivenErrors errors, LayerShape shape) =>
        new()
        {
            ["temperature_k"] = errors.DieTemperature,
            ["bias_gain"] = errors.DieBiasGain,
            ["current_factor"] = errors.DieCurrentFactor,
            ["cell_temperature_k"] = new JsonObject
            {
                ["inputs"] = Node(errors.CellTemperatures[Site.Input]),
                ["outputs"] = Node(errors.CellTemperatures[Site.Output]),
                ["weights"] = Rows(errors.CellTemperatures[Site.Weight], shape.Inputs),
            },
        };

    private static JsonObject Halves(double[][] halves, LayerShape shape) =>
        new() { ["p"] = Rows(halves[0], shape.Inputs), ["n"] = Rows(halves[1], shape.Inputs) };

    private static JsonObject Loop(GivenErrors errors, LoopKind kind, LayerShape shape)
    {
        var (threshold, beta) = errors.CellLoops[kind];
        return kind.Site == Site.Weight
            ? new() { ["vt_v"] = Rows(threshold, shape.Inputs), ["beta"] = Rows(beta, shape.Inputs) }
            : new() { ["vt_v"] = Node(threshold), ["beta"] = Node(beta) };
    }

    private static JsonArray Inputs(Examples examples) =>
        new([.. Enumerable.Range(0, examples.Count).Select(e => Node(examples.Input(e)[..^1].ToArray()))]);

    private static JsonArray Rows(double[] values, int length) =>
        new([.. values.Chunk(Math.Max(1, length)).Select(row => (JsonNode)new JsonArray([.. row.Select(Number)]))]);

    // A number that does not exist, as of a failed die, is null: JSON has no NaN.
    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonNode? Node<TValue>(TValue value) => JsonSerializer.SerializeToNode(value, Options);
}
