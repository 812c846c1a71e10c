using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Review.Cli.Cache;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Tests.Checking;

/// <summary>What a result is made of comes back out of the cache, what is added to it in the future included.</summary>
public class ResultEntryTests
{
    private int number;

    [Fact]
    public void Everything_that_a_result_holds_comes_back()
    {
        var result = (AnalysisResult)Fill(typeof(AnalysisResult));
        var read = Read(result);
        Assert.Equal(JsonSerializer.Serialize(result), JsonSerializer.Serialize(read));
        Assert.Contains("text 40", JsonSerializer.Serialize(result), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_stays_missing()
    {
        var result = new AnalysisResult { Tool = new ToolInfo("t", "1", "c", "b"), Kernel = new KernelInfo("6.1", null, "x86_64", "default"), NotAnalysed = [new NotAnalysed("a.c", null, "reason", "cure")] };
        Assert.Equal(JsonSerializer.Serialize(result), JsonSerializer.Serialize(Read(result)));
    }

    private static AnalysisResult Read(AnalysisResult result)
    {
        using var writer = new EntryWriter();
        ResultEntry.Write(writer, result);
        using var reader = new EntryReader(writer.Bytes.ToArray());
        var read = ResultEntry.Read(reader, result.Tool, result.Kernel);
        Assert.True(reader.IsAtEnd);
        return read;
    }

    /// <summary>A value of a type in which everything that can be set is something of its own.</summary>
    private object Fill(Type type)
    {
        number++;
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Fill(inner);
        }

        if (type == typeof(string))
        {
            return string.Create(CultureInfo.InvariantCulture, $"text {number}");
        }

        if (type == typeof(int))
        {
            return number;
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(TextSpan))
        {
            return new TextSpan(number, number + 1);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var item = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(item, 2);
            items.SetValue(Fill(item), 0);
            items.SetValue(Fill(item), 1);
            return typeof(ImmutableArray).GetMethods().Single(static method => method.Name == nameof(ImmutableArray.ToImmutableArray)
                    && method.GetParameters() is [{ ParameterType: { IsGenericType: true } parameter }] && parameter.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                .MakeGenericMethod(item).Invoke(null, [items])!;
        }

        // Of several constructors the first is the record's own; the copy constructor is not public.
        var constructor = type.GetConstructors().OrderBy(static candidate => candidate.MetadataToken).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Fill(parameter.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null && constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
        {
            property.SetValue(made, Fill(property.PropertyType));
        }

        return made;
    }
}
