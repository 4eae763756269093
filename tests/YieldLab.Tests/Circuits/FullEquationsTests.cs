using System.Text.Json.Nodes;
using Xunit;
using YieldLab.Studies.Dies;

namespace YieldLab.Tests.Circuits;

/// <summary>
/// The slow equations of the tests themselves against the answers of an independent solver, at both fidelities: what the
/// kernel and the SPICE netlists are compared with elsewhere.
/// </summary>
public class FullEquationsTests
{
    [Theory]
    [InlineData("linear-nominal-weak")]
    [InlineData("linear-mismatch-weak-358k")]
    [InlineData("linear-mismatch-ekv")]
    [InlineData("softmax-iris-nominal-ekv-398k")]
    public void Trained_weights_match_eighth_order_solution(string name)
    {
        string text = OracleTests.Text(name);
        DieCase die = CaseJson.Read(name, text);
        var full = new FullEquations(die.Model, die.Errors);
        JsonNode expected = JsonNode.Parse(text)!["expected"]!;
        double worst = 0;
        for (int epoch = 0; epoch < die.Orders.Count; epoch++)
        {
            foreach (int example in die.Orders[epoch])
                full.Present(die.Training.Input(example), die.Training.Target(example), 20);
            double[] weights = OracleTests.Flat(expected["weights_after_epoch"]![epoch]!);
            worst = Math.Max(worst, full.Weights.SelectMany(w => w).Zip(weights, (a, b) => Math.Abs(a - b)).Max());
        }
        double[] predictions =
        [
            .. Enumerable.Range(0, die.Test.Count).SelectMany(example => full.Predict(die.Test.Input(example))),
        ];
        double off = OracleTests.Flat(expected["predictions"]!).Zip(predictions, (a, b) => Math.Abs(a - b)).Max();
        // Rates of these cases stay below 4 a presentation: 20 fourth-order steps err by less than (4/20)^5 of an
        // update each, 1e-6 for updates of 0.1 over the few presentations that a weight remembers.
        Assert.True(worst < 1e-5 && off < 1e-5, $"{name}: weights off by {worst:e2}, predictions by {off:e2}");
    }
}
