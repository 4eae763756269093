#:project ../src/YieldLab.Statistics/YieldLab.Statistics.csproj
// The estimators on plain arrays, without a study or a run: dotnet run docs/estimate.cs
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Margins;
using YieldLab.Statistics.Random;
using YieldLab.Statistics.Sensitivity;

// 1,000 parts with a delay in ns that is lognormal, drawn at their addresses; any other numbers do as well.
var draws = new AddressedDraws(1);
var stream = new RandomStream("example/delay");
double[] delays = [.. Enumerable.Range(0, 1000).Select(part => Math.Exp(0.2 * draws.Normal(stream, part, 0)))];
double[] ascending = [.. delays.Order()];

// How many keep 1.5 ns, how sure is that, and what do 99 % keep?
int passed = delays.Count(delay => delay <= 1.5);
ProportionInterval interval = ClopperPearsonInterval.Of(passed, delays.Length);
Console.WriteLine($"yield {passed / 10.0:0.0} %, 95 % interval {interval.Lower:p1} to {interval.Upper:p1}");
ToleranceBound bound = ToleranceBound.Below(ascending, 0.99);
Console.WriteLine($"95 % sure that 99 % of parts are below {bound.Upper:0.000} ns");

// Which law, and does it fit?
foreach (Family family in new[] { Family.Lognormal, Family.Normal })
    if (MaximumLikelihood.Of(family, delays).Fit is { } fit)
        Console.WriteLine(
            $"{family}: AIC {fit.Aic:0.0}, {string.Join(", ", GoodnessOfFit.Of(fit, ascending).Select(test => $"{test.Name} p {test.P:0.000}"))}"
        );

// Which of two groups of inputs matters in x0 + x0 x1, with x0 the first and x1 the second? 1/2 and 0 alone, 1 and 1/2 in all.
double Model(double x0, double x1) => x0 + x0 * x1;
double[] Column(Func<int, double> f) => [.. Enumerable.Range(0, 2000).Select(f)];
double X(int row, uint input, bool other) => draws.Normal(new("example/inputs"), row, input + (other ? 2u : 0));
GroupSobol indices = GroupSobol.Of(
    Column(row => Model(X(row, 0, false), X(row, 1, false))),
    Column(row => Model(X(row, 0, true), X(row, 1, true))),
    [Column(row => Model(X(row, 0, true), X(row, 1, false))), Column(row => Model(X(row, 0, false), X(row, 1, true)))],
    [Column(row => Model(X(row, 0, false), X(row, 1, true))), Column(row => Model(X(row, 0, true), X(row, 1, false)))]
)!;
foreach (var (name, group) in new[] { "x0", "x1" }.Zip(indices.Groups))
    Console.WriteLine(
        $"{name}: first {group.First.Value:0.00} +- {group.First.Error:0.00}, total {group.Total.Value:0.00} +- {group.Total.Error:0.00}"
    );

// The smallest limit, of 1.00 to 2.00 ns in steps of 0.01, that 90 % of parts keep; the answer is exp(0.2 1.2816) = 1.29.
MarginResult margin = MarginSearch.Run(
    new MarginPlan(settings: 101, target: 0.9, confidence: 0.95, mostDies: 10_000),
    (setting, first, count) =>
        [
            .. Enumerable
                .Range((int)first, count)
                .Select(part =>
                    Math.Exp(0.2 * draws.Normal(stream, part, 0)) <= 1 + setting / 100.0
                        ? DieResult.Passes
                        : DieResult.Fails
                ),
        ]
);
Console.WriteLine(
    $"90 % of parts keep {1 + margin.Margin!.Above / 100.0:0.00} ns; the yield crosses 90 % above {1 + margin.Margin.Below / 100.0:0.00} ns ({margin.Dies} parts at {margin.Settings.Count} limits)"
);
