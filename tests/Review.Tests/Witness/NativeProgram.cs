using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Review.Tests.Witness;

/// <summary>Functions of three numbers, compiled by the real compiler into a program that is told by its input which one to call.</summary>
internal sealed class NativeProgram : IDisposable
{
    /// <summary>Debian's name of the compiler.</summary>
    public const string Compiler = "clang-19";

    private readonly string folder = Directory.CreateTempSubdirectory("mmreview-native-").FullName;

    /// <summary>Compiles, with the options that make C as defined as the kernel has it.</summary>
    public NativeProgram(string source, IEnumerable<string> functions)
    {
        var text = new StringBuilder(source).Append("\nextern int scanf(const char *, ...);\nextern int printf(const char *, ...);\nint main(void)\n{\n\tint f;\n\tlong a, b, c;\n\twhile (scanf(\"%d %ld %ld %ld\", &f, &a, &b, &c) == 4) {\n\t\tlong r = 0;\n\t\tswitch (f) {\n");
        foreach (var (function, index) in functions.Select(static (function, index) => (function, index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\t\tcase {index}: r = {function}(a, b, c); break;\n");
        }

        text.Append("\t\t}\n\t\tprintf(\"%ld\\n\", r);\n\t}\n\treturn 0;\n}\n");
        var file = Path.Combine(folder, "program.c");
        File.WriteAllText(file, text.ToString());
        _ = Execute(Compiler, ["-w", "-std=gnu11", "-O1", "-fwrapv", "-fno-strict-aliasing", "-o", Path.Combine(folder, "program"), file], "");
    }

    /// <summary>Calls functions by their number; gives the results in order.</summary>
    public long[] Run(IEnumerable<(int Function, long A, long B, long C)> calls)
    {
        var input = new StringBuilder();
        foreach (var (function, a, b, c) in calls)
        {
            input.Append(CultureInfo.InvariantCulture, $"{function} {a} {b} {c}\n");
        }

        return [.. Execute(Path.Combine(folder, "program"), [], input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => long.Parse(line, CultureInfo.InvariantCulture))];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Execute(string program, IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.Result}");
        return output.Result;
    }
}
