autocmd BufRead,BufNewFile *.plan setfiletype milepost
