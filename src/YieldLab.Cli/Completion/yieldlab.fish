# Completion of yieldlab for fish. The program itself says what can stand here; where it has nothing to say, fish
# completes the name of a file.
function __yieldlab_complete
    set -l word (commandline -ct)
    set -l words (commandline -opc)
    set -l line (string join ' ' -- $words[2..-1] "$word")
    # Without the names of options on Windows.
    set -l found ($words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -r '^[^/].*')
    string match -q -- '-*' "$word"; or set found (string match -rv '^-' -- $found)
    if set -q found[1]
        string join \n -- $found
    else
        __fish_complete_path "$word"
    end
end
complete -c yieldlab -f -a '(__yieldlab_complete)'
