using FsCheck;
using FsCheck.Fluent;
using Review.Tables.Emission;
using Review.Tables.Extraction;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Tests.Tables;

/// <summary>Proofs of equality, and what is emitted.</summary>
public sealed class ProofTests
{
    private const string Scattered = """
        static bool ok(int behavior)
        {
        	switch (behavior) {
        	case MADV_A:
        #ifdef CONFIG_P
        	case MADV_B:
        #endif
        	case MADV_C:
        		return true;
        	default:
        		return false;
        	}
        }

        static int needs_write(int behavior)
        {
        	switch (behavior) {
        	case MADV_B:
        	case MADV_C:
        		return 0;
        	default:
        		return 1;
        	}
        }

        int enter(struct mm_struct *mm, int behavior)
        {
        	int write;

        	if (!ok(behavior))
        		return -EINVAL;
        	write = needs_write(behavior);
        	if (write)
        		mmap_write_lock(mm);
        	else
        		mmap_read_lock(mm);
        	return work(mm);
        }

        """;

    /// <summary>The same decisions by an array. Out of range it is only asked what is valid.</summary>
    private static readonly string ByArray = """
        static const struct { bool ok, ro; } kinds[MADV_C + 1] = {
        	[MADV_A] = { .ok = 1 },
        #ifdef CONFIG_P
        	[MADV_B] = { .ok = 1, .ro = 1 },
        #else
        	[MADV_B] = { .ro = 1 },
        #endif
        	[MADV_C] = { .ok = 1, .ro = 1 },
        };

        static bool ok(int behavior)
        {
        	if (behavior >= ARRAY_SIZE(kinds))
        		return false;
        	return kinds[behavior].ok;
        }

        static int needs_write(int behavior)
        {
        	return !kinds[behavior].ro;
        }

        """ + Scattered[Scattered.IndexOf("int enter", StringComparison.Ordinal)..];

    [Theory]
    [InlineData("ZERO, ONE", true)]
    [InlineData("ONE, ZERO", false)]
    public void An_element_that_nobody_wrote_is_the_enumerator_that_is_zero(string order, bool isEqual)
    {
        var first = Sample.Source($"enum e {{ {order} }};\nint f(int b) {{ return b == MADV_B ? ONE : ZERO; }}");
        var second = Sample.Source($"enum e {{ {order} }};\nstatic const char t[MADV_C] = {{ [MADV_B] = ONE }};\nint f(int b) {{ return b < 0 || b >= MADV_C ? ZERO : t[b]; }}");
        Assert.Equal(isEqual, EquivalenceProof.Compare(first, second).IsEqual);
        Assert.Equal(isEqual, EquivalenceProof.Compare(second, first).IsEqual);
    }

    [Fact]
    public void An_array_is_proved_equal_to_the_switches_it_replaced()
    {
        var result = EquivalenceProof.Compare(Sample.Source(Scattered), Sample.Source(ByArray));
        Assert.Empty(result.Differences);
        Assert.Equal([("ok()", null), ("needs_write()", "ok")], result.Proved.OrderByDescending(static proved => proved.Name).Select(static proved => (proved.Name, proved.Gate)));
        Assert.Equal("CONFIG_P", Assert.Single(result.Options));
    }

    [Fact]
    public void Without_the_question_before_the_end_of_the_array_is_a_difference()
    {
        var unguarded = ByArray.Replace("	if (!ok(behavior))\n		return -EINVAL;\n", "", StringComparison.Ordinal);
        var differences = EquivalenceProof.Compare(Sample.Source(Scattered), Sample.Source(unguarded)).Differences.Where(static difference => difference.Decision == "needs_write()").ToList();
        Assert.Equal([(int.MinValue, -1), (5, int.MaxValue)], differences.Select(static difference => (difference.Low, difference.High)));
        Assert.All(differences, static difference => Assert.Equal(("1", Answers.Undefined), (difference.First, difference.Second)));
    }

    [Fact]
    public void A_difference_names_value_option_and_both_answers()
    {
        var changed = Scattered.Replace("#ifdef CONFIG_P", "#ifndef CONFIG_P", StringComparison.Ordinal);
        var differences = EquivalenceProof.Compare(Sample.Source(Scattered), Sample.Source(changed)).Differences;
        Assert.Equal(
            [("ok()", 3, 3, "CONFIG_P", "1", "0"), ("ok()", 3, 3, "!CONFIG_P", "0", "1")],
            differences.OrderByDescending(static difference => difference.First).Select(static difference => (difference.Decision, difference.Low, difference.High, difference.When.ToString(), difference.First, difference.Second)));
    }

    [Fact]
    public void A_table_is_made_of_scattered_switches()
    {
        var table = new TableExtraction(Sample.Source(Scattered), Sample.Values, Sample.Read(Sample.Table)).Extract();
        Assert.Equal(["valid", "lock", "destructive"], table.Columns.Select(static column => column.Name));
        Assert.Equal(["write", "read"], table.Column("lock")!.Words);
        Assert.Equal(("needs_write", "1 0"), (table.Column("lock")!.Function, string.Join(' ', table.Column("lock")!.Constants)));
        Assert.Equal("yes@CONFIG_P", string.Join(',', table.Rows.Single(static row => row.Name == "MADV_B").CellOf(table.Column("valid")!).Answers.Select(static answer => $"{answer.Word}@{answer.When}")));
        Assert.True(EquivalenceProof.Compare(table, Sample.Source(ByArray)).IsEqual);
    }

    [Fact]
    public void A_table_is_made_of_an_array_whose_gaps_are_the_default()
    {
        var table = new TableExtraction(Sample.Source(ByArray), Sample.Values, Sample.Read(Sample.Table)).Extract();
        Assert.Equal(["write", "read"], table.Column("lock")!.Words);
        Assert.True(EquivalenceProof.Compare(table, Sample.Source(Scattered)).IsEqual);
    }

    [Theory]
    [InlineData("c-switch")]
    [InlineData("c-array")]
    public void What_is_emitted_is_proved_equal_and_a_slip_is_found(string kind)
    {
        var table = Sample.Read(Sample.Table);
        var code = TableEmitter.Emit(table, kind);
        Assert.True(EquivalenceProof.Compare(table, Sample.Source(code)).IsEqual);
        Assert.Equal(TableEmitter.Emit(table, kind), TableEmitter.Emit(Sample.Read(TableWriter.Write(table)), kind));

        var slip = code.Replace("INFO_LOCK_NONE,\n\t", "INFO_LOCK_READ,\n\t", StringComparison.Ordinal);
        Assert.NotEqual(code, slip);
        Assert.NotEmpty(EquivalenceProof.Compare(table, Sample.Source(slip)).Differences);
    }

    [Fact]
    public void Random_tables_are_equal_to_their_C_and_unequal_to_that_of_others() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(17, 19),
        Prop.ForAll(Tables().ToArbitrary(), Tables().ToArbitrary(), static (first, second) =>
        {
            var areEqual = EquivalenceProof.Compare(first, second).IsEqual;
            foreach (var kind in (string[])["c-switch", "c-array"])
            {
                var code = Sample.Source(TableEmitter.Emit(second, kind));
                var same = EquivalenceProof.Compare(second, code);
                Assert.True(same.IsEqual, string.Join('\n', same.Differences.Select(static difference => difference.ToString()).Append(code.Text)));
                Assert.Equal(areEqual, EquivalenceProof.Compare(first, code).IsEqual);
            }

            // The same cells, asked one by one.
            var disagree = EquivalenceProof.Sets(["CONFIG_P", "CONFIG_Q"]).Any(on => Enumerable.Range(-2, 100).Any(value => first.Columns.Any(column => first.Answer(column, value, on) != second.Answer(second.Column(column.Name)!, value, on))));
            Assert.Equal(!disagree, areEqual);
        }));

    /// <summary>Tables over the sample's names, with a few cells each so that two are sometimes equal.</summary>
    private static Gen<BehaviorTable> Tables()
    {
        var columns = Sample.Read(Sample.Table).Columns;
        var guards = Gen.Elements("always", "CONFIG_P", "!CONFIG_Q", "CONFIG_P&CONFIG_Q", "CONFIG_P|CONFIG_Q").Select(static text => text == "always" ? Guard.Always : Guard.Parse(text)!);
        var cells = columns.Select(column => Gen.Frequency(
            (3, Gen.Constant(TableCell.Default)), (2, from word in Gen.Elements(column.Words.Skip(1)) from guard in guards select new TableCell([new GuardedAnswer(word, guard)])))).ToList();
        return from rows in Gen.ListOf(from valid in cells[0] from @lock in cells[1] select new Dictionary<string, TableCell>(StringComparer.Ordinal) { ["valid"] = valid, ["lock"] = @lock }, 2)
               let table = new BehaviorTable("info", ["CONFIG_P", "CONFIG_Q"], columns, [.. rows.Zip(Sample.Values).Select(static pair => new TableRow(pair.Second.Key, (int)pair.Second.Value, pair.First, "", ""))])
               where table.Rows.Any(static row => row.Cells.Values.Any(static cell => !cell.IsDefault))
               select table;
    }
}
