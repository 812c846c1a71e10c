using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Review.Core.Dependencies;
using Review.Rules.Vma;
using Review.Tables.Decisions;

namespace Review.Tests.Rules;

/// <summary>A version of a file that is reviewed with what is known of the one before gets what it gets alone, and of the rules only those run that have to.</summary>
public sealed partial class RunHistoryTests
{
    private const int Versions = 10;

    private const string Locks = """
        #include "mm.h"

        static int leaf(int number)
        {
        	return number + 1;
        }

        static void drop(struct mm_struct *mm)
        {
        	cond_resched();
        	mmap_read_unlock(mm);
        }

        static int middle(struct mm_struct *mm, int number)
        {
        	drop(mm);
        	return leaf(number);
        }

        static int top(struct vm_area_struct *vma, int number)
        {
        	struct mm_struct *mm = vma->vm_mm;

        	middle(mm, number);
        	mmap_read_lock(mm);
        	return 0;
        }

        static int aside(struct mm_struct *mm, int number)
        {
        	mmap_read_lock(mm);
        	number = leaf(number);
        	mmap_read_unlock(mm);
        	return number;
        }

        int door(struct vm_area_struct *vma)
        {
        	return top(vma, 1) + aside(vma->vm_mm, 2);
        }

        """;

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(Path.Combine(RuleRun.Folder, "rules"), "*.c").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_session_of_edits_gives_what_each_version_gives_alone(string fixture)
    {
        var start = File.ReadAllText(Path.Combine(RuleRun.Folder, "rules", fixture + ".c"));
        var random = new Random(5);
        using var edited = new EditedFixture($"rules/{fixture}.c");
        for (var (version, text) = (0, start); version < Versions; version++, text = random.Next(5) == 0 ? start : Edit(text, random))
        {
            var known = edited.Review(text);
            Assert.True(edited.ReviewAlone(text) == known, string.Create(CultureInfo.InvariantCulture, $"version {version}:\n{Difference(edited.ReviewAlone(text), known)}\nof\n{text}"));
        }

        // A fact that works something out later tells nobody else that it has read it, unless it does so in a memo; one of which there is no account costs time.
        Assert.Empty(edited.Unsteady);
        Assert.DoesNotContain(edited.Untold, static fact => !fact.IsAssignableTo(typeof(IUntold)));

        Assert.True(edited.Edits > 0, "no version was made out of the one before");
    }

    [Theory]
    [InlineData("return number + 1", "return number + 2", "leaf")]
    [InlineData("return number + 1", "if (number > 3)\n\t\treturn 3;\n\treturn number + 1", "leaf")]
    [InlineData("	cond_resched();\n	mmap_read_unlock(mm);\n}", "	cond_resched();\n}", "door drop middle top")]
    [InlineData("number = leaf(number)", "number = leaf(number + 1)", "aside")]
    [InlineData("	middle(mm, number);", "	middle(mm, number + 1);", "top")]
    public void Rules_run_again_where_something_that_they_looked_at_has_changed(string from, string to, string functions)
    {
        using var edited = new EditedFixture("locks.c");
        _ = edited.Review(Locks);
        var version = Locks.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Locks, version);
        Assert.Equal(edited.ReviewAlone(version), edited.Review(version));
        Assert.Equal(1, edited.Edits);
        Assert.Equal(functions, Ran(edited));
    }

    [Theory]
    [InlineData("release(mm);\n}", "account(mm, 1);\n}")]
    [InlineData("release(mm);\n}", "if (mm)\n\t\trelease(mm);\n}")]
    [InlineData("mmap_read_unlock(mm);\n}", "mmap_write_unlock(mm);\n}")]
    [InlineData("mmap_read_unlock(mm);\n}", "mmap_read_unlock(mm);\n\tcond_resched();\n}")]
    public void Whoever_calls_a_helper_that_hands_on_runs_again_where_it_hands_on_to_something_else(string from, string to)
    {
        var file = Locks.Replace("drop(mm);", "give(mm);", StringComparison.Ordinal).Replace("static int middle(", """
            static void release(struct mm_struct *mm)
            {
            	mmap_read_unlock(mm);
            }

            static void give(struct mm_struct *mm)
            {
            	release(mm);
            }

            static int middle(
            """, StringComparison.Ordinal);
        using var edited = new EditedFixture("locks.c");
        var first = edited.Review(file);
        Assert.Equal(edited.ReviewAlone(file), first);
        var at = file.LastIndexOf(from, StringComparison.Ordinal);
        var version = file[..at] + to + file[(at + from.Length)..];
        Assert.Equal(edited.ReviewAlone(version), edited.Review(version));
        Assert.Equal(1, edited.Edits);
        Assert.Contains("middle", Ran(edited), StringComparison.Ordinal);
        Assert.Equal(first, edited.Review(file));

        // Nothing but what stands further down now.
        var further = file.Replace("return number + 1;", "number++;\n\treturn number;", StringComparison.Ordinal);
        Assert.Equal(edited.ReviewAlone(further), edited.Review(further));
        Assert.DoesNotContain("top", Ran(edited), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static int aside(", "static int fresh(int number)\n{\n\treturn number + 1;\n}\n\nstatic int aside(", "number = leaf(", "number = fresh(", "aside fresh")]
    [InlineData("static int middle(", "static void part(struct mm_struct *mm)\n{\n\tcond_resched();\n\tdrop(mm);\n}\n\nstatic int middle(", "drop(mm);\n\treturn", "part(mm);\n\treturn", "middle part")]
    [InlineData("static int middle(", "static void part(struct mm_struct *mm)\n{\n\tcond_resched();\n}\n\nstatic int middle(", "drop(mm);\n\treturn", "part(mm);\n\treturn", "door middle part top")]
    public void A_function_that_comes_is_looked_at_and_those_for_whom_it_makes_a_difference(string place, string function, string from, string to, string functions)
    {
        using var edited = new EditedFixture("locks.c");
        var first = edited.Review(Locks);
        var version = Locks.Replace(place, function, StringComparison.Ordinal).Replace(from, to, StringComparison.Ordinal);
        Assert.Equal(edited.ReviewAlone(version), edited.Review(version));
        Assert.Equal(1, edited.Edits);
        Assert.True(functions == Ran(edited), string.Join("; ", edited.Runs.Ran.Where(run => run.Function.Length > 0 && !functions.Contains(run.Function, StringComparison.Ordinal)).Select(static run => $"{run.Rule} {run.Function}").Order(StringComparer.Ordinal)));

        // And goes again.
        Assert.Equal(first, edited.Review(Locks));
        Assert.Equal(2, edited.Edits);
        Assert.DoesNotContain("leaf", Ran(edited), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_says_the_same_runs_nothing_but_the_function_that_was_read_again()
    {
        using var edited = new EditedFixture("locks.c");
        var first = edited.Review(Locks);
        Assert.Equal(first, edited.Review(Locks));
        Assert.DoesNotContain(' ', Ran(edited));
    }

    [Theory]
    [InlineData("static int leaf(int number)", "static int leaf(int digit)")]
    [InlineData("#include \"mm.h\"\n", "#include \"mm.h\"\n\n#define leaf(number) (number)\n")]
    [InlineData("static int leaf(", "static int other;\n\nstatic int leaf(")]
    [InlineData("int door(", "int window(")]
    public void All_runs_again_where_something_outside_of_bodies_has_changed(string from, string to)
    {
        using var edited = new EditedFixture("locks.c");
        _ = edited.Review(Locks);
        var version = Locks.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Locks, version);
        Assert.Equal(edited.ReviewAlone(version), edited.Review(version));
        Assert.Equal(0, edited.Edits);
        Assert.True(Ran(edited).Split(' ').Length >= 5, Ran(edited));
    }

    [Fact]
    public void What_is_kept_does_not_grow_with_the_number_of_versions()
    {
        using var edited = new EditedFixture("locks.c");
        var count = 0;
        for (var version = 0; version < 60; version++)
        {
            _ = edited.Review(Locks.Replace("number + 1", string.Create(CultureInfo.InvariantCulture, $"number + {version}"), StringComparison.Ordinal));
            count = version == 5 ? edited.Runs.Count : count;
        }

        Assert.Equal(count, edited.Runs.Count);
        Assert.Equal(59, edited.Edits);
    }

    [Fact]
    public void Rules_remember_nothing_of_a_file_outside_of_its_facts()
    {
        // Tables that are the same for all files, made when they are first needed.
        string[] constant = ["FactResource.Bases", "ReferenceTable.Table"];
        Type[] growing = [typeof(ConcurrentDictionary<,>), typeof(ConditionalWeakTable<,>), typeof(Lazy<>), typeof(ThreadLocal<>), typeof(AsyncLocal<>)];
        var fields = new[] { typeof(StalePrev).Assembly, typeof(AdviceOutcomes).Assembly }.SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral && (!field.IsInitOnly || (field.FieldType.IsGenericType && growing.Contains(field.FieldType.GetGenericTypeDefinition()))))
            .Select(static field => $"{field.DeclaringType!.Name}.{field.Name}");
        Assert.Equal(constant, fields.Where(static field => !field.Contains('<', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>The functions on which rules ran for the last version, in alphabetical order.</summary>
    private static string Ran(EditedFixture edited) =>
        string.Join(' ', edited.Runs.Ran.Select(static run => run.Function).Where(static function => function.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Another version: mostly of what a body says and does, sometimes of what stands outside.</summary>
    private static string Edit(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var statements = Enumerable.Range(0, lines.Count).Where(i => lines[i].StartsWith('\t') && lines[i].Contains(';', StringComparison.Ordinal)).ToList();
        var (one, other) = (statements[random.Next(statements.Count)], statements[random.Next(statements.Count)]);
        switch (random.Next(15))
        {
            case < 3:
                lines.RemoveAt(one);
                break;
            case < 5:
                lines.Insert(one, lines[one]);
                break;
            case < 7:
                // Seldom means something there, but errors are part of it.
                lines.Insert(one, lines[other]);
                break;
            case < 9:
                lines[one] = Opposite().Replace(lines[one], static match => match.Value switch { "lock" => "unlock", "unlock" => "lock", "start" => "end", "end" => "start", "get" => "put", _ => "get" });
                break;
            case 9:
                lines.Insert(one, "\tif (unlikely(!current->mm))\n\t\treturn;");
                break;
            case 10:
                lines.Insert(one, "\tcond_resched();");
                break;
            case > 11:
                return WithTwin(text, random);
            default:
                lines.Insert(random.Next(lines.Count), random.Next(2) == 0 ? "static int added;" : "");
                break;
        }

        return string.Join('\n', lines);
    }

    /// <summary>A function comes that is a copy of another one, and one of those that call that one calls it instead.</summary>
    private static string WithTwin(string text, Random random)
    {
        var functions = Definition().Matches(text).Where(match => !text.Contains(match.Groups["name"].Value + "_twin", StringComparison.Ordinal)).ToList();
        if (functions.Count == 0)
        {
            return text;
        }

        var function = functions[random.Next(functions.Count)];
        var name = function.Groups["name"].Value;
        var (before, behind) = (text[..function.Index], text[(function.Index + function.Length)..]);
        var calls = Regex.Matches(behind, $@"(?<=^\t.*)\b{name}(?=\()", RegexOptions.Multiline);
        if (calls.Count > 0)
        {
            behind = behind.Insert(calls[random.Next(calls.Count)].Index + name.Length, "_twin");
        }

        return before + function.Value.Replace(name + "(", name + "_twin(", StringComparison.Ordinal) + "\n" + function.Value + behind;
    }

    private static string Difference(string alone, string known) =>
        string.Join('\n', alone.Split('\n').Except(known.Split('\n')).Select(static line => "missing: " + line).Concat(known.Split('\n').Except(alone.Split('\n')).Select(static line => "too much: " + line)));

    [GeneratedRegex(@"^[a-z][\w *]*?(?<name>\w+)\([^()]*\)\n\{\n(?:.*\n)*?\}\n", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?<=_)(?:lock|unlock|start|end|get|put)\b")]
    private static partial Regex Opposite();
}
