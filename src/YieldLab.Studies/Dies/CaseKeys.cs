using System.Text.Json.Nodes;
using YieldLab.Circuits.Cells;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Dies;

/// <summary>
/// The keys of a case file. Others are allowed, since a file may carry its answer or a comment; but a key that looks like
/// one that is absent is a mistake, which would go unnoticed where that one is optional.
/// </summary>
internal static class CaseKeys
{
    private static readonly (string Section, string[] Keys)[] Known =
    [
        (
            "",
            [
                "task",
                "fidelity",
                "precision",
                "epochs",
                "device",
                "design",
                "environment",
                "capacitance_f",
                "leakage_a",
                "cell_errors",
                "inputs",
                "targets",
                "presentation_order",
                "test_inputs",
                "test_targets",
                "hold_s",
                "target_unit",
                "readout_bits",
                "retention",
                "noise",
                "integration",
            ]
        ),
        (
            "device",
            [
                "slope_factor",
                "specific_current_a",
                "specific_currents_a",
                "mobility_exponent",
                "reference_temperature_k",
            ]
        ),
        (
            "design",
            [
                "unit_current_a",
                "capacitance_f",
                "sample_period_s",
                "learning_rate",
                "l2",
                "input_quiescent",
                "error_quiescent",
                "weight_quiescent",
                "cross_coupling",
                "activation_gain",
                "bias_temperature_exponent",
            ]
        ),
        ("environment", ["temperature_k", "bias_gain", "current_factor", "cell_temperature_k"]),
        ("cell_errors", [.. LoopKind.All.Select(kind => kind.Name)]),
        ("noise", ["seed", "die"]),
        ("integration", ["steps", "most_steps", "substeps", "fastest_relaxation", "fastest_output"]),
    ];

    /// <summary>A key that is no key of a case but near to one that is absent, and that one; null where there is none.
    /// Both with their sections.</summary>
    public static (string Given, string Meant)? Misspelt(JsonObject root)
    {
        foreach (var (section, keys) in Known)
        {
            if ((section.Length == 0 ? root : root[section]) is not JsonObject given)
                continue;
            string[] absent = [.. keys.Where(key => !given.ContainsKey(key))];
            foreach (string key in given.Select(entry => entry.Key).Except(keys))
                if (NearestName.Near(key, absent) is { } meant)
                    return (Join(section, key), Join(section, meant));
        }
        return null;
    }

    private static string Join(string section, string key) => section.Length == 0 ? key : $"{section}.{key}";
}
