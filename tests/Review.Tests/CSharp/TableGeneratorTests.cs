using System.Reflection;
using Microsoft.CodeAnalysis;
using Review.Tables.Emission;
using Review.Tables.Proofs;
using Review.Tests.Tables;

namespace Review.Tests.CSharp;

/// <summary>Tables as C#.</summary>
public sealed class TableGeneratorTests
{
    [Fact]
    public void The_lookups_answer_as_the_table_does()
    {
        var table = Sample.Read(Sample.Table);
        using var image = new MemoryStream();
        Assert.True(CSharpProject.Generate("", Sample.Table).Emit(image).Success);
        var lookup = Assembly.Load(image.ToArray()).GetType("Madvise.Info")!;
        foreach (var on in EquivalenceProof.Sets(table.Options))
        {
            var options = table.Options.Select((option, i) => on.Contains(option) ? 1 << i : 0).Sum();
            foreach (var value in Enumerable.Range(-3, 100).Append(int.MinValue).Append(int.MaxValue))
            {
                Assert.Equal(table.Answer(table.Column("valid")!, value, on) == "yes", Ask("ValidOf", value));
                Assert.Equal(table.Answer(table.Column("lock")!, value, on), Ask("LockOf", value)!.ToString()!.ToLowerInvariant());
            }

            object? Ask(string method, int value)
            {
                var found = lookup.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!;
                return found.Invoke(null, [value, Enum.ToObject(found.GetParameters()[1].ParameterType, options)]);
            }
        }
    }

    [Fact]
    public void It_is_the_code_that_the_command_emits() =>
        Assert.Equal(TableEmitter.Emit(Sample.Read(Sample.Table), "csharp"), CSharpProject.Generate("", Sample.Table).SyntaxTrees.Last().ToString());

    [Fact]
    public void A_wrong_table_is_an_error_at_its_line()
    {
        var result = CSharpProject.Driver(("bad.table", Sample.Table.Replace("MADV_D    90", "MADV_D    -9", StringComparison.Ordinal))).RunGenerators(CSharpProject.Compile("")).GetRunResult();
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(("KMC9001", "bad.table", 10), (problem.Id, problem.Location.GetLineSpan().Path, problem.Location.GetLineSpan().StartLinePosition.Line));
        Assert.StartsWith("MADV_D has the negative value -9; ", problem.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void A_table_that_did_not_change_is_not_generated_again()
    {
        var driver = CSharpProject.Driver(("info.table", Sample.Table)).RunGenerators(CSharpProject.Compile("class A;"));
        var steps = driver.RunGenerators(CSharpProject.Compile("class B;")).GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(static step => step.Value);
        Assert.All(steps.SelectMany(static step => step.Outputs), static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
