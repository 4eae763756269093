using YieldLab.Studies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Text;

/// <summary>A complete and valid study of two classes with its data, in a temporary folder, for tests that break it.</summary>
internal sealed class TinyStudy : IDisposable
{
    public const string Text = """
        name: tiny
        description: Two classes on one threshold
        data:
          file: tiny.csv
          target: class
          split: { test: 25 %, method: stratified }
          scaling: minmax
        task: softmax
        training:
          epochs: 2
          learning_rate: 0.1
          l2: 0.001
          presentation_time: 1 us
          order: shuffled
        design:
          unit_current: 10 nA
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
        process:
          card: sky130-nfet-01v8
          override:
            device: { slope_factor: 1.5 }
        variation: { process: on, mismatch: on, leakage: on, temperature: on }
        temperature: { from: -40 C, to: 85 C, gradient: 2 K }
        hold: [1 ms]
        output: { epochs: on, target: accuracy >= 0.9 }
        specs:
          - accuracy >= 0.9
          - cross_entropy < 2
        samples: 20
        seed: 1

        """;

    private const string Data = """
        x,y,class
        -1.0,0.1,low
        -0.8,0.2,low
        -0.6,0.9,low
        -0.4,0.4,low
        0.4,0.5,high
        0.6,0.3,high
        0.8,0.7,high
        1.0,0.6,high

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab-");

    public TinyStudy(string text = Text)
    {
        Write("study.yaml", text);
        Write("tiny.csv", Data);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "study.yaml");

    /// <summary>The valid text with one passage replaced; it must stand there exactly once.</summary>
    public static string With(string passage, string replacement)
    {
        string text = Text.ReplaceLineEndings("\n");
        if (text.Split(passage).Length != 2)
            throw new ArgumentException($"'{passage}' does not stand exactly once in the study");
        return text.Replace(passage, replacement);
    }

    public void Write(string name, string text) =>
        File.WriteAllText(System.IO.Path.Combine(_folder.FullName, name), text.ReplaceLineEndings("\n"));

    public StudyFile Read(params IReadOnlyList<string> changes) => StudyFile.Read(Path, changes);

    /// <summary>The message with which reading the study, its card and its data is refused, without the folder.</summary>
    public string Refusal(params IReadOnlyList<string> changes)
    {
        try
        {
            PreparedStudy.Of(Read(changes));
        }
        catch (StudyException e)
        {
            return e.Message.Replace(_folder.FullName + System.IO.Path.DirectorySeparatorChar, "");
        }
        return "accepted";
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
