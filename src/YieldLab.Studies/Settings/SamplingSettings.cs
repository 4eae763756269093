using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>How the conditions of the dies, their temperatures and shifts, are chosen.</summary>
public sealed record SamplingSettings
{
    [Meaning(
        "CSV or Parquet file, relative to the study file, with a row for each die: any of temperature_c, threshold_shift_v, beta_shift, capacitance_shift, bias_shift, leakage_shift, as measured on silicon or stored by a run; what has no column is drawn"
    )]
    public string? Table { get; init; }
}
