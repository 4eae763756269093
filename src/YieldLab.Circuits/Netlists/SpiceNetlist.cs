using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using static YieldLab.Circuits.Netlists.SpiceText;

namespace YieldLab.Circuits.Netlists;

/// <summary>
/// One die as a netlist for ngspice, learning from a sequence of examples: the circuit whose equations
/// <see cref="Fidelity.Ekv"/> solves, device by device, whatever fidelity the model itself has. It needs no other file,
/// and prints both halves of every weight, in units of the unit current, after each presentation.
/// </summary>
public static class SpiceNetlist
{
    /// <summary>Share of a presentation in which inputs and targets change to the next example's. Products of two
    /// moving signals lose about this share of an update; at 1 % that alone would be 8e-4 of full scale.</summary>
    private const double Edge = 1e-3;

    /// <summary>Twice as many move no weight of a slowly learning die by more than 2e-5 of full scale.</summary>
    private const int LeastStepsPerPresentation = 25;

    /// <summary>Steps in the time in which an output of a nominal die relaxes.</summary>
    private const int StepsPerRelaxation = 40;

    /// <summary>Writes a die.</summary>
    /// <param name="title">What die it is, in one line.</param>
    /// <param name="model">Circuit and rule.</param>
    /// <param name="errors">Everything in which the die differs from nominal.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="order">Which of them are presented, in turn.</param>
    public static string Of(
        string title,
        AcceleratorModel model,
        GivenErrors errors,
        Examples examples,
        ReadOnlySpan<int> order
    )
    {
        if (examples.Inputs != model.Shape.Inputs || examples.Outputs != model.Shape.Outputs)
            throw new ArgumentException("The examples do not fit the layer.", nameof(examples));
        var text = new SpiceText();
        Header(text, title, model, order.Length);
        Parameters(text, model, errors);
        text.Line(SpiceCells.Text);
        text.Line("* ---------------------------------------------------------------- this die");
        new SpiceLayer(model, errors, text).Write();
        Stimulus(text, model, examples, order);
        new SpiceStart(model, examples, order[0], text).Write();
        Analysis(text, model, order.Length, StepsPerPresentation(model, examples, order));
        return text.ToString();
    }

    /// <summary>Name of the signal that carries a half of a weight.</summary>
    public static string Node(WeightHalf half, int output, int input) =>
        $"{(half == WeightHalf.P ? "wp" : "wn")}_{output}_{input}";

    private static void Header(SpiceText text, string title, AcceleratorModel model, int presentations) =>
        text.Line($"* {title}")
            .Line("*")
            .Line(
                $"* A layer of {model.Shape.Outputs} outputs and {model.Shape.Inputs} inputs (the last is the constant 1)"
            )
            .Line($"* learns {presentations} examples by SGDr in continuous time. Written by YieldLab.")
            .Line("*")
            .Line("* Run:    ngspice -b FILE.cir")
            .Line(
                "* Result: both halves wp_OUTPUT_INPUT, wn_OUTPUT_INPUT of every weight in units of iu; the weight is"
            )
            .Line("*         wp - wn. Row 0 is the beginning, row k is after presentation k.")
            .Line("* Every number of this die (threshold and current-factor error of each loop, capacitors, leakage,")
            .Line("* temperature of each cell) stands at the cell that has it. Units: volt, ampere, farad, kelvin.")
            .Line("* The devices are EKV devices in every study; shot noise and the readout's converters are not here.")
            .Line(
                "* Ideal here: buffers that read the loops' voltages, mirrors that turn a current round, the rectifiers'"
            )
            .Line("* switching and the softmax. To use the transistors of a PDK see subcircuit 'ekv'.")
            .Line();

    private static void Parameters(SpiceText text, AcceleratorModel model, GivenErrors errors)
    {
        Design design = model.Design;
        SpecificCurrents specific = model.Device.SpecificCurrents;
        text.Line("* physics and process; T in kelvin")
            .Line($".param kq={Number(PhysicalConstants.ThermalVoltage(1))} n={Number(model.Device.SlopeFactor)}")
            .Line($".param tref={Number(model.Device.ReferenceTemperature)} tdie={Number(errors.DieTemperature)}")
            .Line("* factor of all bias currents, and of all specific currents, of this die at its temperature")
            .Line(
                $".param bias={{{Number(errors.DieBiasGain)}*pow(tdie/tref,{Number(design.BiasTemperatureExponent)})}}"
            )
            .Line(
                $".param isf={{{Number(errors.DieCurrentFactor)}*pow(tdie/tref,{Number(2 - model.Device.MobilityExponent)})}}"
            )
            .Line(
                "* specific current IS of one device: forward multiplier, gradient multiplier, integrator, cross-coupling"
            )
            .Line($".param ismul={{{Number(specific.Multiplier)}*isf}} isgrad={{{Number(specific.Gradient)}*isf}}")
            .Line($".param isint={{{Number(specific.Integrator)}*isf}} iscc={{{Number(specific.CrossCoupling)}*isf}}")
            .Line(
                "* design and rule; in these names eta is the learning rate, lambda the L2 strength, ts one presentation"
            )
            .Line($".param iu={{{Number(design.UnitCurrent)}*bias}} cnom={Number(design.Capacitor)} vdd=1.8")
            .Line($".param xq={Number(SpiceLayer.Level(design.InputQuiescent))}")
            .Line($".param eq={Number(SpiceLayer.Level(design.ErrorQuiescent))}")
            .Line($".param wq={Number(design.WeightQuiescent)} rho={Number(SpiceLayer.Level(design.CrossCoupling))}")
            .Line($".param g0={Number(design.ActivationGain)}")
            .Line($".param eta={Number(model.Rule.LearningRate)} lambda={Number(model.Rule.L2)}")
            .Line($".param ts={Number(model.Rule.PresentationTime)}")
            .Line("* gain, decay and cross-coupling current")
            .Line(".param ig={eta*cnom*n*kq*tref/ts*bias}")
            .Line(".param idec={lambda*ig} ixc={rho*ig}")
            .Line("* gate voltage of a device of a PDK above that of subcircuit 'ekv', at wq*iu")
            .Line(".param voff=0")
            .Line("* capacitance of a diode node: settles a current of iu/50 in 0.15 % of a presentation")
            .Line(".param cdiode={3e-5*iu*ts/(n*kq*tref)}")
            .Line()
            .Line("* the EKV devices use t of their cell; this line is for devices of a PDK")
            .Line($".temp {Number(errors.DieTemperature - PhysicalConstants.ZeroCelsius)}")
            .Line()
            .Line(".global ix");
    }

    private static void Stimulus(SpiceText text, AcceleratorModel model, Examples examples, ReadOnlySpan<int> order)
    {
        int[] presented = order.ToArray();
        text.Line("* ---------------------------------------------------------------- examples");
        text.Line("Vix ix 0 {ixc/iu}");
        for (int i = 0; i < model.Shape.Inputs; i++)
            Source(text, $"x_{i}", [.. presented.Select(example => examples.Input(example)[i])], model);
        for (int o = 0; o < model.Shape.Outputs; o++)
            Source(text, $"t_{o}", [.. presented.Select(example => examples.Target(example)[o])], model);
    }

    // An edge is centred on the end of a presentation: on average over it, each example has its full time.
    private static void Source(SpiceText text, string node, double[] values, AcceleratorModel model)
    {
        double period = model.Rule.PresentationTime;
        IEnumerable<string> edges = Enumerable
            .Range(1, values.Length - 1)
            .Select(k =>
                $"{Number((k - Edge / 2) * period)} {Number(values[k - 1])} {Number((k + Edge / 2) * period)} {Number(values[k])}"
            );
        text.Statement([$"V{node}", node, "0", $"pwl(0 {Number(values[0])}", .. edges, ")"]);
    }

    // Outputs relax at eta |x|^2, softmax outputs at g0/2 times that, in a presentation.
    private static int StepsPerPresentation(AcceleratorModel model, Examples examples, ReadOnlySpan<int> order)
    {
        double square = 0;
        foreach (int example in order)
            square = Math.Max(square, examples.Input(example).ToArray().Sum(x => x * x));
        double rate = model.Rule.LearningRate * square;
        if (model.Task == LearningTask.Softmax)
            rate *= model.Design.ActivationGain / 2;
        return Math.Max(LeastStepsPerPresentation, (int)Math.Ceiling(StepsPerRelaxation * rate));
    }

    private static void Analysis(SpiceText text, AcceleratorModel model, int presentations, int steps)
    {
        double period = model.Rule.PresentationTime;
        double unit = model.Design.UnitCurrent;
        text.Line()
            .Line("* Tolerances for currents from iu/1000 up and charges of the memory capacitors; .ic without uic.")
            .Line($".options method=gear reltol=1e-5 vntol=1e-9 abstol={Number(1e-9 * unit)}")
            .Line($".options chgtol={Number(1e-6 * model.Design.Capacitor)} itl1=1000 itl4=100")
            .Line($".tran {Number(period)} {Number((presentations + Edge) * period)} 0 {Number(period / steps)}")
            .Line(".control")
            .Line("set numdgt=9 width=80 height=1000000 nobreak")
            .Line("run");
        WeightHalf[] halves = Enum.GetValues<WeightHalf>();
        string[] vectors =
        [
            .. from output in Enumerable.Range(0, model.Shape.Outputs)
            from input in Enumerable.Range(0, model.Shape.Inputs)
            from half in halves
            select $"v({Node(half, output, input)})",
        ];
        text.Line("* one row at the end of each presentation; the waveforms stay in plot tran1");
        foreach (string[] pair in vectors.Chunk(halves.Length))
            text.Line($"linearize {string.Join(' ', pair)}")
                .Line($"print {string.Join(' ', pair)}")
                .Line("setplot tran1");
        text.Line("quit").Line(".endc").Line(".end");
    }
}
