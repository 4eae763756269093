using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Reports;
using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Distributions;
using YieldLab.Studies;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab shape</c>: how a metric is distributed over the dies of a stored run.</summary>
internal static class ShapeCommand
{
    private const double UsualThreshold = 0.95;

    public static Command Create()
    {
        var run = Shared.Run();
        var metric = Shared.Metric("Metrics, separated by commas (default: those that have a specification)");
        var point = Shared.Point();
        var fit = Fit();
        var tail = Tail();
        var threshold = Threshold();
        var confidence = Shared.Confidence();
        var json = Shared.Json();
        var command = new Command(
            "shape",
            "How metrics of a stored run are distributed: moments, laws with their tests, density and tail"
        )
        {
            run,
            metric,
            point,
            fit,
            tail,
            threshold,
            confidence,
            json,
        };
        command.SetAction(parsed =>
        {
            StoredPointDies dies = Shared.Stored(parsed.GetRequiredValue(run), parsed.GetValue(point));
            var question = new ShapeQuestion(
                parsed.GetValue(fit)!,
                parsed.GetValue(tail),
                1 - parsed.GetValue(threshold),
                parsed.GetValue(confidence) ?? Shared.UsualConfidence
            );
            MetricShape[] shapes =
            [
                .. Shared
                    .MetricsOrSpecified(dies.Metrics, dies.Run.Description.Specs, parsed.GetValue(metric))
                    .Select(column => MetricShape.Of(dies, column, question)),
            ];
            if (parsed.GetValue(json))
                Console.WriteLine(ShapeJson.Of(dies, question, shapes));
            else
                ShapeTable.Print(dies, question, shapes);
            return 0;
        });
        return command;
    }

    private static Option<IReadOnlyList<Family>> Fit() =>
        new("--fit")
        {
            Description = "Laws to fit, separated by commas (default: normal,lognormal,weibull,beta)",
            HelpName = "normal,...",
            DefaultValueFactory = _ => ShapeQuestion.AllFamilies,
            CustomParser = result =>
            {
                string[] names = [.. Shared.Names([.. result.Tokens.Select(token => token.Value)]).Distinct()];
                Family?[] families = [.. names.Select(FamilyOf)];
                if (families.Length > 0 && families.All(family => family is not null))
                    return [.. families.OfType<Family>()];
                result.AddError(
                    $"--fit: '{names.FirstOrDefault(name => FamilyOf(name) is null)}' is not allowed; expected normal, lognormal, weibull or beta"
                );
                return null;
            },
        };

    private static Family? FamilyOf(string name) =>
        ShapeQuestion
            .AllFamilies.Select(family => (Family?)family)
            .FirstOrDefault(family => ShapeJson.Name(family!.Value) == name);

    private static Option<TailSide?> Tail()
    {
        Option<TailSide?> tail = Shared.Number<TailSide?>(
            "--tail",
            "lower|upper",
            "Tail to extrapolate (default: where the spec fails dies; upper without a spec)",
            text =>
                text switch
                {
                    "lower" => TailSide.Lower,
                    "upper" => TailSide.Upper,
                    _ => null,
                },
            "lower or upper"
        );
        return Shared.Completed(tail, "lower", "upper");
    }

    private static Option<double> Threshold() =>
        new("--threshold")
        {
            Description = "Share of dies on this side of where the tail begins (default: 95 %)",
            HelpName = "SHARE",
            DefaultValueFactory = _ => UsualThreshold,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
                if (Shared.Share(text) is >= 0.5 and < 1 and { } share)
                    return share;
                result.AddError(
                    $"--threshold: '{text}' is not allowed; expected from 0.5 and below 1, such as 0.95 or 95 %"
                );
                return default;
            },
        };
}
