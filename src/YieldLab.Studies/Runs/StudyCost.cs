using YieldLab.Circuits.Costs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>Power and area of a study's nominal circuit at Tref, and of the same rule in digital arithmetic.</summary>
/// <param name="Study">The study, worked out.</param>
/// <param name="Signals">What the circuit's branches carry on the average over the training.</param>
/// <param name="Analog">The circuit.</param>
/// <param name="Digital">Each width in each process.</param>
public sealed record StudyCost(
    PreparedStudy Study,
    MeanSignals Signals,
    DesignCost Analog,
    IReadOnlyList<DigitalCost> Digital
)
{
    /// <summary>Works the cost of a study out.</summary>
    /// <exception cref="StudyException">The study has no section <c>cost</c>, or something in it or its data does not
    /// fit.</exception>
    public static StudyCost Of(StudyFile file)
    {
        CostAssumptions assumptions =
            file.Study.Cost
            ?? throw file.ErrorAt("cost", "missing; expected such as cost: { supply: 1.8 V, layout_factor: 3 }");
        PreparedStudy study = PreparedStudy.Of(file);
        MeanSignals signals = MeanSignals.OverTraining(study.Model, study.Problem.Train, study.Problem.Orders);
        return new(
            study,
            signals,
            DesignCost.Of(study.Model, file.Card, assumptions, signals),
            [
                .. DigitalArithmetic.All.SelectMany(arithmetic =>
                    DigitalNode.All.Select(node => new DigitalCost(
                        arithmetic,
                        node,
                        study.Model.Shape,
                        study.Model.Rule.PresentationTime
                    ))
                ),
            ]
        );
    }
}
