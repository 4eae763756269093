using System.Globalization;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Notebooks.Showing;
using YieldLab.Reports.Figures;
using YieldLab.Statistics.Margins;
using YieldLab.Studies.Margins;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Notebooks;

/// <summary>A margin that was sought. A cell that ends in one shows the settings that were evaluated and the answer.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class LabMargin : IShown
{
    internal LabMargin(MarginStudy study, MarginRequest request, MarginResult result) =>
        (Study, Request, Result) = (study, request, result);

    public MarginStudy Study { get; }

    public MarginRequest Request { get; }

    /// <summary>All that was found.</summary>
    public MarginResult Result { get; }

    /// <summary>The answer in a sentence.</summary>
    public string Answer
    {
        get
        {
            string target = Told.Share(Request.Target);
            return Result.Outcome switch
            {
                MarginOutcome.Found => Found(target, Result.Margin!),
                MarginOutcome.NotReached => $"no {Study.Axis.Vary} that was decided reaches a yield of {target}",
                MarginOutcome.ReachedEverywhere =>
                    $"every {Study.Axis.Vary} that was decided reaches a yield of {target}",
                MarginOutcome.NotMonotone =>
                    $"over {Study.Axis.Vary} the yield both rises and falls: there is no single margin",
                _ => $"no crossing of {target} was shown: the yield is too close to it for so many dies",
            };
        }
    }

    /// <summary>The settings that were evaluated. Their intervals hold together.</summary>
    public ShownTable Settings =>
        new(
            $"{Answer}; {Result.Dies} dies trained",
            [Study.Axis.Vary, "dies", "yield", "interval", $"against {Told.Share(Request.Target)}"],
            [
                .. Result.Settings.Select(setting =>
                    new[]
                    {
                        Value(setting.Setting),
                        $"{setting.Dies}",
                        Told.Percent(setting.Yield),
                        Told.Percents(setting.Interval.Lower, setting.Interval.Upper),
                        Side(setting.Verdict),
                    }
                ),
            ]
        );

    /// <summary>The picture of the yields at the settings, with the target and the margin.</summary>
    public ShownFigure Figure => new(MarginFigure.Of(Result, Varied, Study.Value));

    /// <summary>The value of a setting with its unit.</summary>
    /// <param name="setting">Its index.</param>
    public string Value(int setting)
    {
        string digits = Study.Value(setting).ToString("G5", CultureInfo.InvariantCulture);
        return QuantityText.Of(double.Parse(digits, CultureInfo.InvariantCulture), Study.Varied[0].Unit);
    }

    /// <inheritdoc/>
    public string ToHtml() => Settings.ToHtml();

    /// <inheritdoc/>
    public override string ToString() => Settings.ToString();

    private Column Varied
    {
        get
        {
            SweptKey first = Study.Varied[0];
            string name = MarginAxis.NameOf([.. Study.Varied.Select(key => key.Key)]);
            return new(name, ColumnType.Real, first.Unit, first.Meaning);
        }
    }

    private string Found(string target, MarginCrossing margin)
    {
        string extreme = Study.Value(margin.Above) > Study.Value(margin.Below) ? "smallest" : "largest";
        return $"the {extreme} {Study.Axis.Vary} whose yield is surely at least {target} is {Value(margin.Above)}; at {Value(margin.Below)} it is surely lower";
    }

    private static string Side(MarginVerdict verdict) =>
        verdict switch
        {
            MarginVerdict.Above => "above",
            MarginVerdict.Below => "below",
            MarginVerdict.Undecided => "too close",
            _ => "not decided",
        };
}
