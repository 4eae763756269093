namespace YieldLab.Tests.Cli;

/// <summary>
/// A folder of a test's own with the smallest study that has everything: two inputs, two classes, twelve examples. The
/// text stands here so that messages can be checked to the line and column.
/// </summary>
internal sealed class StudyFolder : IDisposable
{
    public const string Study = "tiny.yaml";
    public const string Data = "tiny.csv";

    public const string StudyText = """
        name: tiny
        data:
          file: tiny.csv
          target: class
          split: { test: 25 %, method: stratified }
          scaling: none
        task: softmax
        training:
          epochs: 2
          learning_rate: 0.1
          l2: 0.001
          presentation_time: 1 us
          order: shuffled
        design:
          unit_current: 1 nA
          capacitor: 1 pF
          input_quiescent: 0.02
          error_quiescent: 0.02
          weight_quiescent: 0.1
          cross_coupling: 0.5
          activation_gain: 2
          bias_temperature_exponent: 1
          cells:
            dac: { width: 2 um, length: 2 um }
            multiplier: { width: 2 um, length: 2 um }
            summing: { width: 2 um, length: 2 um }
            activation: { width: 2 um, length: 2 um }
            rectifier: { width: 2 um, length: 2 um }
            gradient: { width: 2 um, length: 2 um }
            integrator: { width: 2 um, length: 2 um }
            decay: { width: 2 um, length: 2 um }
            quiescent: { width: 2 um, length: 2 um }
            cross_coupling: { width: 2 um, length: 2 um }
            switch: { width: 0.5 um, length: 0.5 um }
        process: { card: sky130-nfet-01v8 }
        variation: { process: on, mismatch: on, leakage: on, temperature: on }
        temperature: { from: -40 C, to: 85 C }
        hold: [1 ms]
        output: { epochs: on, target: accuracy >= 0.7 }
        specs: [accuracy >= 0.7, mse_vs_ideal_percent <= 0.5]
        samples: 20
        seed: 1

        """;

    public const string DataText = """
        a,b,class
        -0.9,0.3,x
        -0.8,-0.2,x
        -0.7,0.6,x
        -0.6,-0.5,x
        -0.5,0.1,x
        -0.4,0.8,x
        0.4,-0.7,y
        0.5,0.2,y
        0.6,-0.4,y
        0.7,0.5,y
        0.8,-0.1,y
        0.9,0.9,y

        """;

    /// <summary>A change that makes about one die in forty impossible: its bias reference would be negative.</summary>
    public const string ImpossibleDies = "process.override.die_to_die.bias=50 %";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab");

    public StudyFolder()
    {
        Write(Study, StudyText);
        Write(Data, DataText);
    }

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    /// <summary>Runs the program in the folder, so that messages name files without their folder.</summary>
    public Answer Run(params string[] arguments) => CommandLine.Run(Root, arguments);

    public void Dispose() => _folder.Delete(recursive: true);
}
