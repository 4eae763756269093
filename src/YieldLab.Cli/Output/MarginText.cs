using System.Globalization;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Output;

/// <summary>What a search of a margin has found, in sentences.</summary>
internal static class MarginText
{
    /// <summary>The value of a setting with its unit, to five digits.</summary>
    public static string Value(MarginStudy study, int setting) => Value(study.Value(setting), study.Varied[0].Unit);

    /// <summary>The value of the second setting that a curve has.</summary>
    public static string Against(MarginStudy study, int curve) =>
        study.AgainstValue(curve) is double number
            ? Value(number, study.AgainstKeys[0].Unit)
            : $"{study.AgainstValue(curve)}";

    /// <summary>A share in per cent with two decimals, or as many as it has.</summary>
    public static string Share(double share) => $"{Math.Round(100 * share, 10):0.##########} %";

    /// <summary>A setting that has been decided.</summary>
    public static string Progress(MarginStudy study, int curve, SettingYield setting)
    {
        string of = study.Against is { } key ? $"{key} = {Against(study, curve)}, " : "";
        return $"{of}{Value(study, setting.Setting)}: {setting.Yield:p2} of {setting.Dies:n0} dies, {Verdict(setting.Verdict)}";
    }

    public static string Verdict(MarginVerdict verdict) =>
        verdict switch
        {
            MarginVerdict.Above => "above",
            MarginVerdict.Below => "below",
            MarginVerdict.Undecided => "near",
            _ => "-",
        };

    /// <summary>The answer, broken into lines.</summary>
    public static IEnumerable<string> Answer(MarginStudy study, MarginRequest request, MarginResult result) =>
        Sentences(study, request, result).SelectMany(Wrapped.Lines);

    private static IEnumerable<string> Sentences(MarginStudy study, MarginRequest request, MarginResult result)
    {
        string name = study.Axis.Vary;
        string target = Share(request.Target);
        string At(int setting) => Value(study, setting);
        switch (result.Outcome)
        {
            case MarginOutcome.Found:
                MarginCrossing margin = result.Margin!;
                yield return $"the {Extreme(study, margin)} {name} whose yield is at least {target} is {At(margin.Above)}";
                yield return $"the yield crosses {target} between {At(margin.Below)}, surely below, and {At(margin.Above)}, surely above";
                yield return Narrower(study, request, result, margin);
                break;
            case MarginOutcome.NotMonotone:
                yield return $"there is no single margin: over {name} the yield both rises and falls";
                foreach (MarginRange range in result.Ranges)
                    yield return $"at least {target} from {At(range.First)} to {At(range.Last)}";
                foreach (MarginCrossing crossing in result.Crossings)
                    yield return $"it crosses {target} between {At(crossing.Below)}, surely below, and {At(crossing.Above)}, surely above";
                yield return "further crossings between evaluated settings are possible";
                break;
            case MarginOutcome.NotReached:
                SettingYield best = result.Settings.Where(setting => setting.IsSure).MaxBy(setting => setting.Yield)!;
                yield return $"{target} is not reached by any {name} that was decided; where the yield looks best, at {At(best.Setting)}, it is at most {Up(best.Interval.Upper)}";
                yield return "a wider range, a lower --target or another setting may reach it";
                break;
            case MarginOutcome.ReachedEverywhere:
                SettingYield worst = result.Settings.Where(setting => setting.IsSure).MinBy(setting => setting.Yield)!;
                yield return $"{target} is reached by every {name} that was decided; where the yield looks worst, at {At(worst.Setting)}, it is at least {Down(worst.Interval.Lower)}";
                yield return "the margin lies outside: a wider range, or a higher --target, finds it";
                break;
            default:
                yield return $"not known: no crossing of {target} over {name} has been shown";
                if (Sides(study, result) is { Length: > 0 } sides)
                    yield return sides;
                yield return result.Interrupted
                    ? "the search was ended before it was done"
                    : $"the yield is too close to {target} for {request.MostDies:n0} dies: more --dies, a wider range or another --target tell";
                break;
        }
        yield return Monotone(study, result);
    }

    // Of the ends of a range, "smallest" is the lower value, in whichever order the values stand.
    private static string Extreme(MarginStudy study, MarginCrossing margin) =>
        study.Value(margin.Above) > study.Value(margin.Below) ? "smallest" : "largest";

    private static string Narrower(
        MarginStudy study,
        MarginRequest request,
        MarginResult result,
        MarginCrossing margin
    ) =>
        result.Interrupted ? "the search was ended before it was done"
        : margin.IsSharp ? $"these are neighbours among the {study.Settings} settings: a larger --count tells more"
        : $"in between the yield is too close to {Share(request.Target)} for {request.MostDies:n0} dies: more --dies tell more";

    private static string Sides(MarginStudy study, MarginResult result)
    {
        string List(MarginVerdict verdict) =>
            string.Join(
                ", ",
                result
                    .Settings.Where(setting => setting.Verdict == verdict)
                    .Select(setting => Value(study, setting.Setting))
            );
        return string.Join(
            "; ",
            new[]
            {
                ("surely below at", List(MarginVerdict.Below)),
                ("surely above at", List(MarginVerdict.Above)),
                ("too close at", List(MarginVerdict.Undecided)),
            }
                .Where(side => side.Item2.Length > 0)
                .Select(side => $"{side.Item1} {side.Item2}")
        );
    }

    private static string Monotone(MarginStudy study, MarginResult result)
    {
        string rise = Change(study, result.Rise);
        string fall = Change(study, result.Fall);
        return (result.Rise, result.Fall) switch
        {
            (null, null) => "no change of the yield over these settings is sure",
            ({ }, { }) => $"not monotone: {rise}; {fall}",
            _ => $"monotone as far as was seen: {rise}{fall}; no pair of settings shows the opposite",
        };
    }

    private static string Change(MarginStudy study, PairedChange? change) =>
        change is null
            ? ""
            : $"of the same {change.Dies:n0} dies {change.OnlyHigher:n0} pass at {Value(study, change.Higher)} and not at {Value(study, change.Lower)}, {change.OnlyLower:n0} the other way";

    private static string Up(double share) => $"{Math.Ceiling(1e4 * share) / 100:0.00} %";

    private static string Down(double share) => $"{Math.Floor(1e4 * share) / 100:0.00} %";

    private static string Value(double value, string unit) =>
        QuantityText.Of(
            double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            unit
        );
}
