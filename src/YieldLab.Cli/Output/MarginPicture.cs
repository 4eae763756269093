using YieldLab.Statistics.Margins;

namespace YieldLab.Cli.Output;

/// <summary>Yields and their intervals as lines of characters on one scale: '-' the interval, '*' the yield, ':' the target;
/// at the left edge a yield that lies left of the scale, far below the target.</summary>
internal sealed class MarginPicture
{
    private const int Width = 20;

    // The scale reaches so many times as far below the target as 100 % lies above it.
    private const double Below = 6;

    private readonly double _least;
    private readonly double _most;
    private readonly double _target;

    public MarginPicture(MarginResult result)
    {
        _target = result.Plan.Target;
        double least = result.Settings.Select(setting => setting.Interval.Lower).DefaultIfEmpty(0).Min();
        double most = result.Settings.Select(setting => setting.Interval.Upper).DefaultIfEmpty(1).Max();
        _least = Math.Clamp(least, Math.Max(0, _target - Below * (1 - _target)), _target);
        _most = Math.Max(most, _target);
    }

    public string Scale => $"{MarginText.Share(Math.Round(_least, 3))} to {MarginText.Share(Math.Round(_most, 3))}";

    /// <summary>Whether a yield lies left of the scale.</summary>
    public bool LeavesOut(MarginResult result) => result.Settings.Any(setting => setting.Yield < _least);

    public string Line(SettingYield setting)
    {
        char[] line = new string(' ', Width).ToCharArray();
        if (setting.Interval.Upper < _least)
            return "<".PadRight(Width);
        for (int i = Column(setting.Interval.Lower); i <= Column(setting.Interval.Upper); i++)
            line[i] = '-';
        line[Column(_target)] = ':';
        line[Column(setting.Yield)] = setting.Yield < _least ? '<' : '*';
        return new(line);
    }

    private int Column(double share) => (int)Math.Clamp(Width * (share - _least) / (_most - _least), 0, Width - 1);
}
