using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Exploration;
using Review.Model.Scenarios;
using Review.Witness.Exploration;

namespace Review.Cli.Witness;

/// <summary>A program of threads in a file as a situation: the code carries out the first madvise() that a thread begins with, the others interfere.</summary>
internal static class ScenarioSituation
{
    /// <summary>Reads a file (mmreview-explore/1).</summary>
    /// <exception cref="UserError">It cannot be read, or no thread begins with madvise().</exception>
    public static Situation Read(string file, KernelEra era)
    {
        try
        {
            var read = ExplorationReader.Read(File.ReadAllText(file), file);
            var program = ExplorationProgram.Prepare(read, era, KernelBuild.Recorded).Program;
            var at = program.Threads.ToList().FindIndex(static thread => thread.Calls is [{ Start: MadviseCall }, ..]);
            if (at < 0)
            {
                throw new UserError($"{file}: no thread begins with madvise()", "let the thread whose code is to run begin with it");
            }

            var call = (MadviseCall)program.Threads[at].Calls[0].Start;
            return new Situation(
                read.Name,
                program.Start,
                call.Current.Process,
                call.Start,
                call.Length,
                call.Advice,
                [.. program.Threads.RemoveAt(at).Select(static thread => thread.Calls.Select(static step => step.Start)).Select(static calls => System.Collections.Immutable.ImmutableArray.CreateRange(calls))]);
        }
        catch (ScenarioFormatException wrong)
        {
            throw new UserError(wrong.Message, "see 'mmreview model explore' in the manual for the format");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file}: {trouble.Message.TrimEnd('.')}", "name a readable file");
        }
    }
}
