using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Circuits;

/// <summary>
/// Whole dies against the answers of an independent solver: an 8th-order Runge-Kutta method on the full equations at a
/// relative tolerance of 1e-9. The promise is 1e-3 of full scale.
/// </summary>
public class OracleTests
{
    private const double Promise = 1e-3;

    public static TheoryData<string, Precision> Cases =>
        new MatrixTheoryData<string, Precision>(
            [
                "linear-nominal-weak",
                "linear-mismatch-weak-358k",
                "softmax-iris-mismatch-weak",
                "linear-mismatch-ekv",
                "softmax-iris-nominal-ekv-398k",
            ],
            [Precision.Double, Precision.Single]
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Die_matches_eighth_order_solution(string name, Precision precision)
    {
        string text = Text(name);
        DieCase die = CaseJson.Read(name, text) with { Precision = precision };
        DieAnswer answer = DieSolver.Solve(die);

        JsonNode expected = JsonNode.Parse(text)!["expected"]!;
        Assert.Null(answer.Failure);
        for (int epoch = 0; epoch < answer.WeightsAfterEpoch.Count; epoch++)
            AssertNear(
                Flat(expected["weights_after_epoch"]![epoch]!),
                answer.WeightsAfterEpoch[epoch].SelectMany(w => w)
            );
        AssertNear(Flat(expected["predictions"]!), answer.Predictions);
        AssertNear(Flat(expected["predictions_after_hold"]!), answer.PredictionsAfterHold.SelectMany(p => p));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_written_and_read_again_gives_the_same_bits(string name, Precision precision)
    {
        DieCase die = CaseJson.Read(name, Text(name)) with { Precision = precision };
        DieCase again = CaseJson.Read(name, CaseJson.Write(die).ToJsonString());
        DieAnswer first = DieSolver.Solve(die);
        DieAnswer second = DieSolver.Solve(again);
        Assert.Equal(first.Predictions, second.Predictions);
        Assert.Equal(first.WeightsAfterEpoch[^1][0], second.WeightsAfterEpoch[^1][0]);
    }

    internal static string Text(string name)
    {
        using Stream stream = typeof(OracleTests).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    private static void AssertNear(double[] expected, IEnumerable<double> actual)
    {
        double[] values = [.. actual];
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - expected[i]) < Promise, $"[{i}]: {values[i]} instead of {expected[i]}");
    }

    internal static double[] Flat(JsonNode node) =>
        node is JsonArray array ? [.. array.SelectMany(item => Flat(item!))] : [node.GetValue<double>()];
}
