namespace ChatBot.Core.Language;

/// <summary>Puts numbers of incidents into few words.</summary>
public static class NumberRanges
{
    /// <summary>“#30–#41, #45”: exactly these numbers, in their order.</summary>
    public static string Of(IEnumerable<long> numbers)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var number in numbers.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => (range.Last - range.First) switch
        {
            0 => $"#{range.First}",
            1 => $"#{range.First}, #{range.Last}",
            _ => $"#{range.First}–#{range.Last}",
        }));
    }
}
