using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Review.Model.Scenarios;

namespace Review.Tests.Model;

/// <summary>Scenario files are read strictly, every error says where it is, and what is written is read back.</summary>
public sealed class ScenarioReaderTests
{
    private const string File = "file.json";

    public static TheoryData<string, string, string> Broken => new()
    {
        { """{"steps":[{"op":"fly"}]}""", "steps[0]: op", "unknown op 'fly'" },
        { """{"steps":[{"addr":"0","len":"1p"}]}""", "steps[0]: op", "missing field" },
        { """{"steps":[{"op":"munmap","addr":"0"}]}""", "steps[0] munmap: len", "missing field" },
        { """{"steps":[{"op":"munmap","addr":"0","len":true}]}""", "steps[0] munmap: len", "wrong type" },
        { """{"steps":[{"op":"munmap","addr":"A","len":"1p"}]}""", "steps[0] munmap: addr", "unknown name 'A'" },
        { """{"steps":[{"op":"munmap","addr":"1q","len":"1p"}]}""", "steps[0] munmap: addr", "no address expression" },
        { """{"steps":[{"op":"munmap","addr":"0","len":"1p","exepct":{}}]}""", "steps[0] munmap: exepct", "unknown field" },
        { """{"steps":[{"op":"munmap","addr":"0","len":"1p","expect":{"errno":"EWHAT"}}]}""", "steps[0] munmap: expect: errno", "unknown error" },
        { """{"steps":[{"op":"madvise","addr":"0","len":"1p","advice":"MADV_MAYBE"}]}""", "steps[0] madvise: advice", "unknown advice" },
        { """{"steps":[{"op":"ftruncate","fd":"F","pages":1}]}""", "steps[0] ftruncate: fd", "unknown name 'F'" },
        { """{"steps":[{"op":"mmap","name":"A","len":"1p","flags":"private|anno"}]}""", "steps[0] mmap: flags", "unknown word 'anno'" },
        { """{"steps":[{"op":"expect_pages","addr":"0","state":"ax"}]}""", "steps[0] expect_pages: state", "'x'" },
        { """{"steps":[{"op":"process_madvise","target":"self","iov":[["0","1p"],["B","1p"]],"advice":4}]}""", "iov[1][0]", "unknown name 'B'" },
        { """{"steps":[{"op":"fork","steps":[{"op":"reserve","name":"A","len":"1p"}]},{"op":"munmap","addr":"A","len":"1p"}]}""", "steps[1] munmap: addr", "unknown name 'A'" },
        { """{"setup":[{"op":"async","step":{"op":"join"}}],"steps":[]}""", "setup[0] async: step", "only a madvise, munmap, mremap or fork step" },
        { """{"setup":[]}""", "scenario 's': steps", "missing field" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void An_error_names_file_scenario_operation_and_field(string scenario, string place, string problem)
    {
        var text = $$"""{"schema":"vma-scenarios/1","scenarios":[{"name":"s",{{scenario[1..]}}]}""";
        var error = Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read(text, File));
        Assert.StartsWith($"{File}: scenario 's'", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Place, StringComparison.Ordinal);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("{", "file.json:1:2")]
    [InlineData("""{"schema":"vma-scenarios/9","scenarios":[]}""", "file.json: schema")]
    [InlineData("""{"scenarios":[{"name":"a","steps":[]},{"name":"a","steps":[]}]}""", "scenarios[1]: name")]
    [InlineData("7", "file.json")]
    public void What_is_no_scenario_file_is_told(string text, string place) =>
        Assert.Contains(place, Assert.Throws<ScenarioFormatException>(() => ScenarioReader.Read(text, File)).Place, StringComparison.Ordinal);

    [Theory]
    [InlineData("A+4p-100", 0x10000 + 16384 - 100)]
    [InlineData("0-A+4p", -0x10000 + 16384)]
    [InlineData("-1", -1)]
    [InlineData("0x10 + 2h", 16 + (4 << 20))]
    [InlineData("NULL", 0)]
    public void Addresses_are_computed_modulo_two_to_the_64(string text, long value)
    {
        Assert.True(AddressExpression.TryParse(text, out var expression));
        Assert.Equal(unchecked((ulong)value), expression.Evaluate(static _ => 0x10000));
        Assert.True(AddressExpression.TryParse(expression.ToString(), out var again));
        Assert.Equal(expression, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A+")]
    [InlineData("A++1p")]
    [InlineData("1x")]
    [InlineData("010")]
    [InlineData("99999999999999999999")]
    public void Other_texts_are_no_addresses(string text) => Assert.False(AddressExpression.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (var text in ScenarioTexts.All())
        {
            var file = ScenarioReader.Read(text, File);
            var written = ScenarioWriter.Write(file);
            Assert.Equal(file, ScenarioReader.Read(written, File));
            Assert.Equal(written, ScenarioWriter.Write(ScenarioReader.Read(written, File)));
        }
    }

    [Fact]
    public void Random_text_is_read_or_refused_and_nothing_else() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<string>(static text => ReadsOrRefuses(text ?? string.Empty)));

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        var texts = ScenarioTexts.All().Select(static text => text.Length > 6000 ? text[..6000] : text).ToArray();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), number =>
        {
            var text = texts[number % texts.Length];
            return ReadsOrRefuses(Mutate(text, number / 6 % text.Length, number % 6));
        }));
    }

    private static string Mutate(string text, int at, int kind) => kind switch
    {
        0 => text.Remove(at, 1),
        1 => text.Insert(at, "\\ud800"),
        2 => text.Insert(at, text[Math.Max(0, at - 20)..at]),
        3 => text[..at],
        4 => new StringBuilder(text) { [at] = '7' }.ToString(),
        _ => new StringBuilder(text) { [at] = '"' }.ToString(),
    };

    private static bool ReadsOrRefuses(string text)
    {
        try
        {
            _ = ScenarioReader.Read(text, File);
        }
        catch (ScenarioFormatException)
        {
            // The one way to refuse a file; any other exception fails the test.
        }

        return true;
    }
}
